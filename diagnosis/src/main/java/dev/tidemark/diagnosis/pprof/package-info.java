/**
 * Profiles in pprof's formats into one model, whatever language wrote them: protobuf and the legacy
 * heap text. Pure readers that trust nothing; the analyses of this module build on it.
 */
@NullMarked
package dev.tidemark.diagnosis.pprof;

import org.jspecify.annotations.NullMarked;
