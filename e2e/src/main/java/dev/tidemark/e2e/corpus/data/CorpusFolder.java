package dev.tidemark.e2e.corpus.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files of a recording: {@code labels.json} and {@code PART/POD.csv.gz}. */
public record CorpusFolder(Path path) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private Path labels() {
    return path.resolve("labels.json");
  }

  /** Whether something was recorded here. */
  public boolean exists() {
    return Files.isRegularFile(labels());
  }

  /**
   * What is known of the recording.
   *
   * @throws IOException that says what is wrong with the folder
   */
  public Recording read() throws IOException {
    if (!exists()) {
      throw new IOException(path + " is no recording: it has no labels.json");
    }
    try {
      Recording read = JSON.readValue(labels().toFile(), Recording.class);
      if (read.format() != Recording.FORMAT) {
        throw new IOException(labels() + " is of format " + read.format() + ", known is 1");
      }
      return read;
    } catch (JsonProcessingException e) {
      throw new IOException(labels() + ": " + e.getOriginalMessage(), e);
    }
  }

  /** Written whole or not at all. */
  public void write(Recording recording) throws IOException {
    Files.createDirectories(path);
    Path fresh = path.resolve("labels.json.new");
    JSON.writeValue(fresh.toFile(), recording);
    Files.move(fresh, labels(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  /** The samples of a target, one set a replica that recorded it. */
  public List<Samples> samples(Target target) throws IOException {
    List<Samples> replicas = new ArrayList<>();
    replicas.add(SamplesFile.read(file(target, "")));
    if (target.twice()) {
      replicas.add(SamplesFile.read(file(target, "@b")));
    }
    return replicas;
  }

  public void write(Target target, boolean second, Samples samples) throws IOException {
    SamplesFile.write(file(target, second ? "@b" : ""), samples);
  }

  private Path file(Target target, String suffix) {
    return path.resolve(target.part().label()).resolve(target.pod() + suffix + ".csv.gz");
  }
}
