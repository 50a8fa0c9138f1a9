package dev.espalier.kafka;

import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.domain.trigger.Decision;
import java.util.Optional;

/**
 * What an event from outside leads to.
 *
 * @param decision what it did
 * @param wish the study that it started; absent where it started none
 * @param traceparent the W3C trace context that it came in
 */
public record Reaction(
    Decision decision, Optional<StudyWished> wish, Optional<String> traceparent) {}
