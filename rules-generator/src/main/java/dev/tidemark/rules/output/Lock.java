package dev.tidemark.rules.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What was written: each file's path below the output folder, with slashes, and the SHA-256 of its
 * bytes. Only what stands here is ever replaced or removed.
 *
 * @param facts what else people want to see of a change; section → subject → item → value
 */
public record Lock(SortedMap<String, String> files, Facts facts) {
  public static final String NAME = "lock.json";

  private static final long LARGEST = 16L << 20;

  /** The lock of a folder, empty where there is none. */
  static Lock read(Path folder) throws IOException, OutputException {
    Path file = folder.resolve(NAME);
    if (!Files.exists(file)) {
      return new Lock(new TreeMap<>(), Facts.NONE);
    }
    if (Files.size(file) > LARGEST) {
      throw new OutputException(file + ": is larger than 16 MiB");
    }
    SortedMap<String, String> files = new TreeMap<>();
    try (JsonParser json = new JsonFactory().createParser(Files.readAllBytes(file))) {
      expect(json.nextToken() == JsonToken.START_OBJECT);
      boolean named = false;
      while (json.nextToken() != JsonToken.END_OBJECT) {
        boolean isFiles = "files".equals(json.currentName());
        expect(json.nextToken() == JsonToken.START_OBJECT);
        if (!isFiles) {
          json.skipChildren();
          continue;
        }
        named = true;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          String path = json.currentName();
          expect(json.nextToken() == JsonToken.VALUE_STRING);
          expect(isInside(path));
          files.put(path, json.getText());
        }
      }
      expect(named && json.nextToken() == null);
    } catch (IOException e) {
      throw new OutputException(
          file + ": is no lock this program wrote; put it right or remove it");
    }
    return new Lock(files, Facts.NONE);
  }

  static Lock of(Map<String, byte[]> contents, Facts facts) {
    SortedMap<String, String> files = new TreeMap<>();
    // of a large fleet this takes as long as making it
    Map<String, String> hashes =
        contents.entrySet().parallelStream()
            .collect(Collectors.toMap(Map.Entry::getKey, file -> hash(file.getValue())));
    files.putAll(hashes);
    return new Lock(files, facts);
  }

  /**
   * Everything that stands in either; ours counts where both have it, but of what people may edit
   * the other's: until it is written anew, that is what they edited or not.
   */
  Lock and(Lock other) {
    SortedMap<String, String> both = new TreeMap<>(other.files);
    files.forEach(
        (path, hash) ->
            both.merge(path, hash, (old, ours) -> OutputFolder.isStub(path) ? old : ours));
    return new Lock(both, facts);
  }

  byte[] bytes() {
    StringBuilder json = new StringBuilder("{\n  \"files\": {");
    String separator = "\n";
    for (Map.Entry<String, String> file : files.entrySet()) {
      // paths are made of names without quotes or backslashes
      json.append(separator).append("    \"").append(file.getKey()).append("\": \"");
      json.append(file.getValue()).append('"');
      separator = ",\n";
    }
    json.append("\n  }");
    facts.append(json);
    return json.append("\n}\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  /** How a lock names bytes. */
  public static String hash(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return "sha256:" + HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** A lock is a file people can edit: what it names outside the folder is never touched. */
  private static boolean isInside(String path) {
    return path.matches("[A-Za-z0-9._%-]+(?:/[A-Za-z0-9._%-]+)*") && !path.contains("..");
  }

  private static void expect(boolean right) throws IOException {
    if (!right) {
      throw new IOException("unexpected");
    }
  }
}
