package dev.espalier.domain.study;

/**
 * Another data set that trained networks are carried over to.
 *
 * @param data its images
 * @param training how a network is trained on them
 */
public record Transfer(DataSpec data, Training training) {}
