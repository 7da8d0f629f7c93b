package dev.tidemark.webhook.page;

/** Answers for what is not there. */
final class NotFound {
  private NotFound() {}

  static Answer episode(String id) {
    return Answer.json(
        404,
        Json.error("not_found", "no episode \"" + Shown.cut(id) + "\": see " + Paths.EPISODES));
  }

  static Answer evidence(String episode, String name) {
    return Answer.json(
        404,
        Json.error(
            "not_found",
            "no evidence \""
                + Shown.cut(name)
                + "\": "
                + Paths.api(episode)
                + " lists what there is"));
  }

  static Answer gone(String name) {
    return Answer.json(404, Json.error("gone", "\"" + name + "\" is gone: retention took it"));
  }
}
