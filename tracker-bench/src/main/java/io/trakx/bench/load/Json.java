package io.trakx.bench.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;

/** Reports as JSON, and back. */
final class Json {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private Json() {}

  static String write(LoadReport report) throws JsonProcessingException {
    return MAPPER.writeValueAsString(report) + "\n";
  }

  static LoadReport read(String json) throws JsonProcessingException {
    return MAPPER.readValue(json, LoadReport.class);
  }
}
