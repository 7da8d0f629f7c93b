package dev.tidemark.diagnosis.hprof;

/**
 * A class as the dump describes it.
 *
 * @param parent 0 for none
 * @param statics names and values of static references, in pairs
 * @param names of the fields of its objects, without those of the parents
 */
@SuppressWarnings("ArrayRecordComponent") // carried, never compared
record ClassShape(long id, long parent, long[] statics, long[] names, byte[] types) {}
