package dev.tidemark.webhook.playbook;

/** Says what the captured goroutines tell; nothing to set. */
public record DiagnoseSpec() {}
