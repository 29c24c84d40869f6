// The text of an escaped body is unescaped and parsed after the file's text before it, so that the parser needs to
// know nothing of TOML. put_back() then moves each place found into the file: places ascend, so two cursors that only
// go forward keep this linear.
#include "manifest/toml_manifest.h"

#include "unicode/utf8.h"

#include <utility>

namespace cascade::manifest {
namespace {

// Agents belong to Codex and commands to Gemini CLI; their parsers take different versions of TOML.
syntax::TomlVersion version_of(Kind kind) {
  return kind == Kind::agent ? syntax::TomlVersion::v1_1 : syntax::TomlVersion::v1_0;
}

// The last string of that key counts; without one, the body is an empty text at the file's end.
syntax::TomlText body_of(syntax::Toml& toml, Kind kind, std::size_t size) {
  const std::string_view key = kind == Kind::agent ? "developer_instructions" : "prompt";
  syntax::TomlText body;
  body.begin = body.end = size;
  for (syntax::TomlText& text : toml.texts)
    if (text.key == key) body = std::move(text);
  return body;
}

// The byte at a column of a line; columns count code points. Continues from the previous place where it can.
class Columns {
 public:
  explicit Columns(const syntax::LineIndex& lines) : lines_(lines) {}

  std::size_t offset(std::uint32_t line, std::uint32_t column) {
    if (line != line_ || column < column_) {
      line_ = line;
      column_ = 1;
      offset_ = lines_.start(line);
    }
    for (const std::size_t end = lines_.start(line + 1); column_ < column && offset_ < end; ++column_)
      offset_ += unicode::decode(lines_.text(), offset_).length;
    return offset_;
  }

 private:
  const syntax::LineIndex& lines_;
  std::uint32_t line_ = 0, column_ = 1;
  std::size_t offset_ = 0;
};

}  // namespace

bool is_toml(std::string_view path) noexcept {
  constexpr std::string_view ending = ".toml";
  return path.size() > ending.size() && path.substr(path.size() - ending.size()) == ending;
}

bool escaped_body(std::string_view path, Kind kind, std::string_view file) {
  if (!is_toml(path) || file.find('\\') == std::string_view::npos) return false;
  syntax::Toml toml = syntax::read_toml(file, version_of(kind));
  return body_of(toml, kind, file.size()).is_escaped();
}

std::string unescape_section(Kind kind, std::string_view bytes) {
  return syntax::unescape_toml(bytes, version_of(kind));
}

TomlManifest::TomlManifest(const ManifestSource& source) : file_(source.text), file_lines_(source.text) {
  syntax::Toml toml = syntax::read_toml(source.text, version_of(source.kind));
  body_ = body_of(toml, source.kind, source.text.size());
  parsed_ = std::move(toml.parsed);
  frontmatter_.state = syntax::FrontmatterState::client;
  frontmatter_.body = frontmatter_.end = frontmatter_.client_end = body_.begin;
  frontmatter_.opening_line = 1;
  text_ = file_.substr(0, body_.end);
  if (!body_.is_escaped()) return;
  unescaped_ = std::string(file_.substr(0, body_.begin)) + body_.value;
  text_ = unescaped_;
}

std::size_t TomlManifest::source_of(std::size_t offset) const noexcept {
  return offset < body_.begin ? offset : body_.source_of(offset - body_.begin);
}

void TomlManifest::put_back(const syntax::LineIndex& lines, const Found& found) const {
  Columns columns(lines);
  syntax::IndexCursor cursor(file_lines_);
  const auto move = [&](std::uint32_t& line, std::uint32_t& column) {
    if (line == 0) return;
    const syntax::Position at = cursor.at(source_of(columns.offset(line, column)));
    line = at.line;
    if (column > 0) column = at.column;
  };
  const auto move_all = [&](Location& at) {
    move(at.line, at.column);
    move(at.end_line, at.end_column);
  };
  std::vector<Reference>& references = found.manifest.references;
  for (std::size_t i = found.declared; i < references.size(); ++i) move_all(references[i].at);
  for (ToolMention& tool : found.manifest.named_tools) move_all(tool.at);
  for (Diagnostic& problem : found.problems) move_all(problem.at);
  for (Section& section : found.manifest.sections) put_back(lines, section);
}

void TomlManifest::put_back(const syntax::LineIndex& lines, Section& section) const {
  const std::size_t begin = source_of(section.offset), end = source_of(section.offset + section.length);
  const std::uint32_t line = file_lines_.line_at(begin);
  if (section.shown_lines > 0) {
    const std::size_t last = source_of(lines.start(section.line + section.shown_lines - 1));
    section.shown_lines = file_lines_.line_at(last) - line + 1;
  }
  section.offset = begin;
  section.length = end - begin;
  section.line = line;
}

}  // namespace cascade::manifest
