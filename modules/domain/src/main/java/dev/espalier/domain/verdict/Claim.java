package dev.espalier.domain.verdict;

/**
 * One conclusion of a paper, as a statement about a number.
 *
 * @param name a short name that stays
 * @param statement the conclusion in a sentence
 * @param source where the paper says so
 * @param quantity the number
 * @param expected where it lies if the conclusion holds
 */
public record Claim(
    String name, String statement, String source, Quantity quantity, Expectation expected) {}
