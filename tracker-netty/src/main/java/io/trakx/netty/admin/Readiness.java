package io.trakx.netty.admin;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks every part of the tracker whether it is ready. Thread-safe if the checks are. */
public final class Readiness {
  private final List<ReadinessCheck> checks;
  private final Json json = new Json();

  public Readiness(List<ReadinessCheck> checks) {
    this.checks = List.copyOf(checks);
  }

  /** What was found: whether all that is needed is ready, and each part as JSON. */
  record Report(boolean ready, String json) {}

  Report report() {
    List<Optional<String>> troubles = checks.stream().map(check -> check.trouble().get()).toList();
    boolean ready = true;
    for (int i = 0; i < checks.size(); i++) {
      ready &= troubles.get(i).isEmpty() || !checks.get(i).needed();
    }
    return new Report(ready, json(ready, troubles));
  }

  private String json(boolean ready, List<Optional<String>> troubles) {
    return json.object(
        object -> {
          object.writeBooleanField("ready", ready);
          object.writeObjectFieldStart("parts");
          for (int i = 0; i < checks.size(); i++) {
            object.writeObjectFieldStart(checks.get(i).part());
            object.writeBooleanField("ready", troubles.get(i).isEmpty());
            if (troubles.get(i).isPresent()) {
              object.writeStringField("reason", troubles.get(i).get());
            }
            for (Map.Entry<String, Object> detail : checks.get(i).details().get().entrySet()) {
              object.writeObjectField(detail.getKey(), detail.getValue());
            }
            object.writeEndObject();
          }
          object.writeEndObject();
        });
  }
}
