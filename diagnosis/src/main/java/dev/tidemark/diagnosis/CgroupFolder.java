package dev.tidemark.diagnosis;

import dev.tidemark.diagnosis.oom.Cgroup;
import dev.tidemark.toolkit.launch.Cli;
import dev.tidemark.toolkit.launch.ExitException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The files of a memory cgroup in a folder: the kernel's own, or a copy. */
final class CgroupFolder {
  /** The largest, memory.stat, has 5 KB. */
  private static final int MOST_BYTES = 64 << 10;

  private CgroupFolder() {}

  static Map<String, String> read(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new ExitException(Cli.INVALID, folder + " is no folder, needs that of a memory cgroup");
    }
    Map<String, String> files = new HashMap<>();
    for (String name : Cgroup.FILES) {
      Path file = folder.resolve(name);
      if (Files.isRegularFile(file)) {
        try (InputStream in = Files.newInputStream(file)) {
          files.put(name, new String(in.readNBytes(MOST_BYTES), StandardCharsets.ISO_8859_1));
        }
      }
    }
    return files;
  }
}
