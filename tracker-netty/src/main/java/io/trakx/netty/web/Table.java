package io.trakx.netty.web;

/** A table of figures under a heading, each row with a name. */
final class Table {
  private final String id;
  private final String title;
  private final StringBuilder head = new StringBuilder();
  private final StringBuilder rows = new StringBuilder();

  /**
   * @param id of the heading, unique on its page
   * @param title the heading, as text
   * @param columns their names, as text, that of the row names first
   */
  Table(String id, String title, String... columns) {
    this.id = id;
    this.title = title;
    for (String column : columns) {
      head.append("<th scope=\"col\">").append(Html.escape(column)).append("</th>");
    }
  }

  /** Adds a row. */
  void row(String name, long... figures) {
    rows.append("<tr><th scope=\"row\">").append(Html.escape(name)).append("</th>");
    for (long figure : figures) {
      rows.append("<td>").append(Frame.number(figure)).append("</td>");
    }
    rows.append("</tr>\n");
  }

  /**
   * The whole as a section.
   *
   * @param note what must be known to read it, as text; may be empty
   */
  String html(String note) {
    return """
    <section class="table" id="section-%s" aria-labelledby="%s">
    <h2 id="%s">%s</h2>
    %s%s</section>
    """
        .formatted(
            id,
            id,
            id,
            Html.escape(title),
            rows.isEmpty()
                ? "<p class=\"note\">None yet.</p>\n"
                : "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-labelledby=\"%s\"><table><thead><tr>%s</tr></thead>\n<tbody>\n%s</tbody></table></div>\n"
                    .formatted(id, head, rows),
            note.isEmpty() ? "" : "<p class=\"note\">" + Html.escape(note) + "</p>\n");
  }
}
