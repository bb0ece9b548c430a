package io.trakx.netty.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** Writes JSON objects into memory. */
final class Json {
  private final JsonFactory factory = new JsonFactory();

  /** Writes the fields of an object. */
  @FunctionalInterface
  interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  /** One object, indented for people, with a line end behind it. */
  String object(Fields fields) {
    ByteArrayOutputStream text = new ByteArrayOutputStream(1024);
    try {
      write(text, fields);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return text.toString(UTF_8);
  }

  /** The same in UTF-8; closes {@code text}. */
  void write(OutputStream text, Fields fields) throws IOException {
    try (JsonGenerator json = factory.createGenerator(text).useDefaultPrettyPrinter()) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }
}
