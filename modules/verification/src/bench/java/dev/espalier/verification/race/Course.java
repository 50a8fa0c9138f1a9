package dev.espalier.verification.race;

/**
 * What is raced over.
 *
 * @param network as studies name it
 * @param size rows, and columns, of a picture
 * @param batch images of a step
 * @param precision {@code float32} or {@code bf16}
 * @param threads threads of a process
 * @param copies processes side by side
 */
record Course(String network, int size, int batch, String precision, int threads, int copies) {}
