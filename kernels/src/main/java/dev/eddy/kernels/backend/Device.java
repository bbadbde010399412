package dev.eddy.kernels.backend;

/**
 * Something that a backend can run on.
 *
 * @param name what {@code --backend} takes: the backend's name, and the device's number where there
 *     can be several, as {@code cuda:1}
 * @param description what it is, in words for the user
 * @param totalBytes its memory
 * @param freeBytes what of it is free now
 */
public record Device(String name, String description, long totalBytes, long freeBytes) {}
