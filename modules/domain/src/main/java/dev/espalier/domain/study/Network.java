package dev.espalier.domain.study;

/** What is trained. {@code compute} knows the layers of each. */
public sealed interface Network permits KnownNetwork, OwnNetwork {}
