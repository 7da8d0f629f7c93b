package dev.tidemark.webhook.playbook;

/**
 * A playbook with the file it came from.
 *
 * @param file as named in messages; relative paths in it start in its folder
 * @param source its text, kept with each plan so that what was approved is what runs
 * @param hash SHA-256 of the text, in hex
 */
public record LoadedPlaybook(String file, String source, String hash, Playbook playbook) {}
