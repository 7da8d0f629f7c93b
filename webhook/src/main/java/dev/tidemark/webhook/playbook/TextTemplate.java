package dev.tidemark.webhook.playbook;

/** Plain text for people with {@code $name} in it; a name without value is left empty. */
public final class TextTemplate {
  private final Template template;

  private TextTemplate(Template template) {
    this.template = template;
  }

  public static TextTemplate parse(String text) {
    return new TextTemplate(new Template(text));
  }

  public String fill(Values values) {
    return template.fill(part -> values.find(part.text()).orElse(""));
  }

  @Override
  public String toString() {
    return template.text();
  }
}
