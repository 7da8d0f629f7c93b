package dev.tidemark.diagnosis.hprof;

import java.io.IOException;

/** Takes the records of a dump as they come; does nothing by default. */
interface HprofSink {
  default void string(long id, String text) throws IOException {}

  default void loadClass(long id, long nameId) throws IOException {}

  default void classDump(ClassShape shape) throws IOException {}

  default void root(long id) throws IOException {}

  /** The bytes are good until the call returns: fields of the class, then of its parents. */
  default void instance(long id, long classId, byte[] fields, int length) throws IOException {}

  /** Begins an array of objects; its elements follow. */
  default void objectArray(long id, long classId, int length) throws IOException {}

  default void element(long id) throws IOException {}

  default void primitiveArray(long id, int type, int length) throws IOException {}
}
