package dev.tidemark.signals.fact;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every fact there is, in the order of {@code facts.yaml}. Immutable. */
public final class Facts {
  private final Map<String, Fact> facts = new LinkedHashMap<>();

  private Facts(List<Fact> all) {
    for (Fact fact : all) {
      if (facts.put(fact.id(), fact) != null) {
        throw new IllegalArgumentException("id: \"" + fact.id() + "\" stands twice");
      }
    }
  }

  /** Reads the list that ships with this library. */
  public static Facts load() {
    YAMLMapper mapper =
        YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();
    try (InputStream in = Facts.class.getResourceAsStream("facts.yaml")) {
      if (in == null) {
        throw new IllegalStateException("facts.yaml is missing beside " + Facts.class);
      }
      return new Facts(List.of(mapper.readValue(in, Fact[].class)));
    } catch (IOException e) {
      throw new UncheckedIOException("facts.yaml cannot be read", e);
    }
  }

  public List<Fact> all() {
    return List.copyOf(facts.values());
  }

  public Optional<Fact> find(String id) {
    return Optional.ofNullable(facts.get(id));
  }
}
