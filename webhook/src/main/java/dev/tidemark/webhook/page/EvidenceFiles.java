package dev.tidemark.webhook.page;

import dev.tidemark.webhook.journal.Evidence;
import java.io.IOException;
import java.io.InputStream;

/** Where the files of evidence are; blocks on disk. */
public interface EvidenceFiles {
  /** Opens it; NoSuchFileException when it is gone, for retention may have taken it. */
  InputStream open(Evidence evidence) throws IOException;
}
