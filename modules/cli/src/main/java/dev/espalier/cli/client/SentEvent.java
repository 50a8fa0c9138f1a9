package dev.espalier.cli.client;

/**
 * A server-sent event.
 *
 * @param name what it is, such as {@code overview}
 * @param id where it stands; empty where it does not say
 * @param data what it says
 */
public record SentEvent(String name, String id, String data) {}
