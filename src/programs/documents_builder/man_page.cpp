// Converts the pages' Markdown to man(7) macros, line by line. A small writer keeps the open paragraph or bullet and
// closes it when another block begins. It handles exactly the constructs that these pages use; a general Markdown
// parser would be a dependency for five kinds of blocks.
#include "cli/help.h"
#include "documents_builder/page.h"
#include "render/help_page.h"
#include "text/ascii.h"
#include "text/lines.h"
#include "text/names.h"

#include <algorithm>

namespace cascade::documents {
namespace {

std::string upper(std::string text) {
  std::ranges::transform(text, text.begin(), [](char c) { return letters::to_upper(c); });
  return text;
}

struct Escape {
  char sign;
  std::string_view text;
};
constexpr Escape escapes[] = {{'\\', "\\e"}, {'-', "\\-"}, {'~', "\\(ti"}, {'^', "\\(ha"}, {'`', "\\(ga"}};

// Escapes characters so that they print as written: a hyphen that can be copied, no macro at the start of a line.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto* const escape = letters::find_first(escapes, &Escape::sign, c);
    escape != nullptr ? out.append(escape->text) : out.append(1, c);
  }
  return out;
}

std::string guarded(std::string line) {
  if (!line.empty() && (line.front() == '.' || line.front() == '\'')) line.insert(0, "\\&");
  return line;
}

// One paragraph's text with `code` in bold.
std::string inline_text(std::string_view written) {
  const std::string text = rendering::without_links(
      written, [](std::string_view destination) { return cli::help_command("cli/", destination); });
  std::string out, plain;
  const auto flush = [&] {
    out += escaped(without_marks(plain));
    plain.clear();
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t close = text[i] == '`' ? text.find('`', i + 1) : std::string_view::npos;
    if (close != std::string_view::npos) {
      flush();
      out += "\\fB" + escaped(std::string_view(text).substr(i + 1, close - i - 1)) + "\\fR";
      i = close;
    } else if (text.compare(i, 2, "**") == 0) {
      ++i;
    } else {
      plain += text[i];
    }
  }
  flush();
  return guarded(out);
}

std::vector<std::string> cells_of(std::string_view row) {
  std::vector<std::string> cells;
  std::size_t begin = row.find('|');
  while (begin != std::string_view::npos) {
    const std::size_t end = row.find('|', begin + 1);
    if (end == std::string_view::npos) break;
    cells.emplace_back(letters::trim(row.substr(begin + 1, end - begin - 1)));
    begin = end;
  }
  return cells;
}

// Writes blocks one after the other. A paragraph or bullet continues until another block begins.
class Writer {
 public:
  void line(const std::string& text) {
    if (text.starts_with("```")) return fence();
    if (fenced_) {
      out_ += guarded(escaped(text)) + "\n";
    } else if (text.empty()) {
      close();
    } else if (text.starts_with("## ")) {
      close();
      out_ += ".SH \"" + upper(escaped(text.substr(3))) + "\"\n";
    } else if (text.starts_with("- ")) {
      close();
      bullet_ = true;
      open_ = text.substr(2);
    } else if (text.starts_with("|")) {
      row(text);
    } else {
      const std::size_t begin = text.find_first_not_of(' ');
      open_ += (open_.empty() ? "" : " ") + text.substr(begin);
    }
  }

  std::string take() {
    close();
    return std::move(out_);
  }

 private:
  void fence() {
    close();
    fenced_ = !fenced_;
    out_ += fenced_ ? paragraph() + ".RS 4\n.nf\n" : ".fi\n.RE\n";
    header_ = true;
  }

  // A heading already starts a paragraph.
  std::string paragraph() const {
    const std::size_t line = out_.rfind('\n', out_.size() - std::min<std::size_t>(out_.size(), 2));
    const bool headed = out_.empty() || std::string_view(out_).substr(line + 1).starts_with(".SH");
    return headed ? "" : ".PP\n";
  }

  // Writes rows as tagged paragraphs. The first row names the columns and is left out, as is the line below it.
  void row(const std::string& text) {
    close_text();
    const std::vector<std::string> cells = cells_of(text);
    const bool ruler = !cells.empty() && cells[0].find_first_not_of("-: ") == std::string::npos;
    if (!header_ && !ruler && !cells.empty()) {
      std::string rest;
      for (std::size_t i = 1; i < cells.size(); ++i) rest += (rest.empty() ? "" : "; ") + cells[i];
      out_ += ".TP\n" + inline_text(cells[0]) + "\n" + inline_text(rest) + "\n";
    }
    if (ruler) header_ = false;
  }

  void close() {
    close_text();
    header_ = true;
  }

  void close_text() {
    if (open_.empty()) return;
    if (bullet_) {
      const std::size_t colon = open_.find("`: "), end = colon == std::string::npos ? open_.find(": ") : colon + 1;
      if (end == std::string::npos)
        out_ += ".IP \\(bu 2\n" + inline_text(open_) + "\n";
      else
        out_ += ".TP\n" + inline_text(std::string_view(open_).substr(0, end)) + "\n" +
                inline_text(std::string_view(open_).substr(end + 2)) + "\n";
    } else {
      out_ += paragraph() + inline_text(open_) + "\n";
    }
    open_.clear();
    bullet_ = false;
  }

  std::string out_, open_;
  bool fenced_ = false, bullet_ = false, header_ = true;
};

std::string head(const Program& program, const std::string& name, std::string_view help, std::string_view usage) {
  return ".TH \"" + upper(escaped(name)) + "\" 1 \"\" \"cascade " + program.version +
         "\" \"Cascade\"\n.nh\n.SH NAME\n" + escaped(name) + " \\- " + escaped(help) + "\n.SH SYNOPSIS\n.nf\n" +
         escaped(usage) + "\n.fi\n.SH DESCRIPTION\n";
}

// The text after the title line.
std::string_view body_of(std::string_view page) { return page.substr(std::min(page.find('\n') + 1, page.size())); }

// Converts the markdown of these pages to macros: headings, paragraphs, bullets, fenced blocks, tables, `code`,
// **strong**, links.
std::string man_text(std::string_view markdown) {
  Writer writer;
  for (const letters::Line line : letters::lines(markdown)) writer.line(std::string(line));
  return writer.take();
}

}  // namespace

std::string man_page(const Program& program) {
  std::string text = head(program, "cascade", "the least context that a task needs, and why",
                          "cascade [OPTION...] VERB [ARGUMENT...]");
  text += man_text(body_of(program.page)) + ".SH VERBS\n";
  std::string others;
  for (const Verb& verb : program.verbs) {
    text += ".TP\n\\fB" + escaped(verb.name) + "\\fR\n" + escaped(verb.help) + "\n";
    others += std::string(others.empty() ? "" : ",\n") + ".BR cascade\\-" + escaped(verb.name) + " (1)";
  }
  for (std::size_t at = others.find(",\n"); at != std::string::npos; at = others.find(",\n", at + 2))
    others.replace(at, 1, " ,");
  return text + ".SH \"SEE ALSO\"\n" + others + "\n";
}

std::string man_page(const Program& program, const Verb& verb) {
  const std::string usage = verb.page.substr(2, verb.page.find('\n') - 2);  // "cascade list [OPTIONS]"
  return head(program, "cascade-" + verb.name, verb.help, usage) + man_text(body_of(verb.page)) +
         ".SH \"SEE ALSO\"\n.BR cascade (1)\n";
}

}  // namespace cascade::documents
