// Parses a manifest in one fixed order: lines and front matter, the YAML or TOML fields, the outline of the body, its
// names, the declared references, the sections with their costs, and the references in the text. Problems are collected
// on the way and never stop it. Escaped TOML is parsed as plain text; its places are then mapped back to the file.
#include "manifest/parse.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "client/names.h"
#include "manifest/fields.h"
#include "manifest/head.h"
#include "manifest/kinds.h"
#include "manifest/making.h"
#include "manifest/problems.h"
#include "manifest/references.h"
#include "syntax/toml.h"
#include "syntax/yaml.h"
#include "text/ascii.h"
#include "text/word_set.h"
#include "text/words.h"
#include "unicode/utf8.h"

namespace cascade::manifest {
namespace {

// Whether a word for a part of a plugin stands close to a word for making: at most `reach` words behind the verb
// ("creating effective skills") or right before the noun ("hook development"). Both in one clause, since a text that
// merely uses both teaches nothing.
bool speaks_of_making(std::string_view text, std::size_t reach) noexcept {
  std::size_t since_making = reach + 1;
  bool thing_before = false;
  std::size_t behind = 0;
  for (letters::WordCursor words(text, letters::Apostrophe::between); words.next(); behind = words.end()) {
    if (text.substr(behind, words.begin() - behind).find_first_of(".;:!") != std::string_view::npos) {
      since_making = reach + 1;
      thing_before = false;
    }
    const std::string_view word = words.word();
    const bool thing = letters::is_one_of_lower(word, making::things),
               making = letters::is_one_of_lower(word, making::verbs);
    if ((thing && since_making <= reach) || (making && thing_before)) return true;
    since_making = making ? 0 : since_making + 1;
    thing_before = thing;
  }
  return false;
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

// A client's TOML file as a manifest: its keys are the fields, and one of its strings is the body. A string with
// escapes is unescaped before it is parsed, and every place found in it is mapped back to the file.
struct TomlManifest {
  // REQUIRES: is_toml(source.path). The source's text must outlive it.
  explicit TomlManifest(const ManifestSource& source) : file_lines(source.text) {
    syntax::Toml toml = syntax::read_toml(source.text);
    body_ = body_of(toml, source.kind, source.text.size());
    parsed = std::move(toml.parsed);
    frontmatter.state = syntax::FrontmatterState::client;
    frontmatter.body = frontmatter.end = frontmatter.client_end = body_.begin;
    frontmatter.opening_line = 1;
    text = source.text.substr(0, body_.end);
    if (!body_.is_escaped()) return;
    unescaped_ = std::string(source.text.substr(0, body_.begin)) + body_.value;
    text = unescaped_;
  }

  bool is_escaped() const noexcept { return body_.is_escaped(); }

  // Maps the places of what was found in the text to the file: sections, references from `declared` on, tools and
  // problems. `lines` are of the text. Linear in these and the text as long as places ascend.
  void put_back(const syntax::LineIndex& lines, Manifest& manifest, std::size_t declared,
                std::vector<Diagnostic>& problems) const {
    Columns columns(lines);
    syntax::IndexCursor cursor(file_lines);
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
    for (std::size_t i = declared; i < manifest.references.size(); ++i) move_all(manifest.references[i].at);
    for (ToolMention& tool : manifest.named_tools) move_all(tool.at);
    for (Diagnostic& problem : problems) move_all(problem.at);
    for (Section& section : manifest.sections) put_back(lines, section);
  }

  std::string_view text;  // the file up to the body's end, the body unescaped
  syntax::LineIndex file_lines;
  syntax::Parsed parsed;  // places are those of the file
  syntax::Frontmatter frontmatter;

 private:
  std::size_t source_of(std::size_t offset) const noexcept {
    return offset < body_.begin ? offset : body_.source_of(offset - body_.begin);
  }

  void put_back(const syntax::LineIndex& lines, Section& section) const {
    const std::size_t begin = source_of(section.offset), end = source_of(section.offset + section.length);
    const std::uint32_t line = file_lines.line_at(begin);
    if (section.shown_lines > 0) {
      const std::size_t last = source_of(lines.start(section.line + section.shown_lines - 1));
      section.shown_lines = file_lines.line_at(last) - line + 1;
    }
    section.offset = begin;
    section.length = end - begin;
    section.line = line;
  }

  syntax::TomlText body_;
  std::string unescaped_;  // the storage of the text when the body has escapes
};

bool is_toml(std::string_view path) noexcept { return path.size() > 5 && path.ends_with(".toml"); }

}  // namespace

bool teaches_authoring(std::string_view name, std::string_view description) noexcept {
  return speaks_of_making(name.substr(name.rfind(':') + 1), 2) || speaks_of_making(description, 4);
}

bool escaped_body(std::string_view path, Kind kind, std::string_view file) {
  if (!is_toml(path) || file.find('\\') == std::string_view::npos) return false;
  syntax::Toml toml = syntax::read_toml(file);
  return body_of(toml, kind, file.size()).is_escaped();
}

}  // namespace cascade::manifest

namespace cascade {
namespace {

using namespace manifest;

// The YAML between the dashes. In a block that is never closed it reads the lines up to the first blank line or
// heading: the fields are useful here although the client takes them for text.
syntax::Parsed read_fields(const syntax::LineIndex& lines, const syntax::Frontmatter& frontmatter) {
  const std::string_view text = lines.text();
  if (frontmatter.state != syntax::FrontmatterState::unclosed)
    return syntax::parse_yaml(text.substr(frontmatter.begin, frontmatter.end - frontmatter.begin), frontmatter.line);
  const std::uint32_t first = frontmatter.opening_line + 1;
  std::uint32_t last = first;
  while (last <= lines.lines() && !lines.line(last).empty() && lines.line(last).front() != '#') ++last;
  const std::size_t begin = lines.start(first);
  syntax::Parsed parsed = syntax::parse_yaml(text.substr(begin, lines.start(last) - begin), first);
  parsed.faults.clear();  // one finding says that the block is open
  return parsed;
}

Layer layer_of(const Manifest& manifest, const syntax::Node& fields) {
  switch (manifest.symbol.kind) {
    case Kind::agent: return Layer::agent;
    case Kind::command: return Layer::command;
    case Kind::skill: break;
  }
  const syntax::Node* metadata = fields.find("metadata");
  const std::string_view layer = metadata == nullptr ? "" : scalar_text(metadata->find("cascade-layer"));
  if (layer == "playbook") return Layer::playbook;
  if (!layer.empty()) return Layer::skill;
  const bool chains = std::ranges::any_of(manifest.references, [](const Reference& reference) {
    return reference.via == Via::frontmatter && reference.strength <= Strength::invoked && reference.kind_known &&
           reference.target.kind == Kind::skill;
  });
  return chains ? Layer::playbook : Layer::skill;
}

// A text about writing agents and skills shows what a call looks like: nobody need have the name, but where a manifest
// has it, the call is one.
void allow_examples(std::vector<Reference>& found, const Manifest& manifest) {
  const auto states_kind = [](const Reference& reference) {
    return reference.named || (reference.kind_known && (reference.via == Via::task || reference.via == Via::skill));
  };
  if (std::ranges::none_of(found, states_kind)) return;
  if (!teaches_authoring(manifest.symbol.name, manifest.description)) return;
  for (Reference& reference : found)
    if (states_kind(reference)) reference.kind_known = reference.named = false;
}

// A page of help tells what somebody may type.
void show_help(std::vector<Reference>& found, std::string_view name) {
  if (!name.ends_with("help")) return;
  const std::string_view before = name.substr(0, name.size() - 4);
  if (!before.empty() && before.back() != ':' && before.back() != '-') return;
  for (Reference& reference : found)
    if (reference.via == Via::slash && reference.strength == Strength::invoked)
      reference.strength = Strength::mentioned;
}

// Whether the manifest may run the program: "Bash(x:*)", "Bash(npx x *)".
bool allows_program(const std::vector<ToolName>& tools, std::string_view program) {
  return std::ranges::any_of(tools, [program](const ToolName& tool) {
    std::string_view pattern = tool.pattern;
    if (tool.tool != client::tool_names::bash || !tool.server.empty()) return false;
    if (pattern.starts_with("npx ")) pattern.remove_prefix(4);
    return pattern.starts_with(program) &&
           (pattern.size() == program.size() || std::string_view(": *").find(pattern[program.size()]) != pattern.npos);
  });
}

// "Use `x` to open the page" where the manifest may run a program x: not the skill that has its name. "Load the `x`
// skill" states the kind.
void show_programs(std::vector<Reference>& found, const std::vector<ToolName>& tools) {
  if (tools.empty()) return;
  for (Reference& reference : found)
    if ((reference.via == Via::backtick || reference.via == Via::prose) && reference.strength == Strength::invoked &&
        !reference.kind_known && allows_program(tools, reference.target.name))
      reference.strength = Strength::mentioned;
}

// Whether the front matter of a file that is called as a document is one of a manifest. What a program called README
// is none; and one that has only a title is a page.
bool declares_manifest(const ManifestSource& source, const syntax::Node& fields) {
  const auto has = [&](std::string_view key) { return !scalar_text(fields.find(key)).empty(); };
  const bool is_named = has("name"), is_described = has("description");
  if (is_named && is_placeholder_title(scalar_text(fields.find("name")))) return false;
  if (source.kind == Kind::command)
    return is_described || fields.find("allowed-tools") != nullptr || fields.find("argument-hint") != nullptr;
  return is_readme(source.path) ? is_named && is_described : is_named || is_described;
}

void read_text(const syntax::LineIndex& lines, const syntax::Frontmatter& frontmatter, const syntax::Outline& outline,
               Manifest& out) {
  const BodyText body(lines, frontmatter, outline);
  Candidates candidates(body);
  for (const auto find : {find_calls, find_slash_words, find_qualified, find_links, find_paths, find_other_spawns,
                          find_labels, find_table_cells, find_marked, find_prose, find_words})
    find(body, candidates);
  std::vector<Reference> found = candidates.take(out.path, lines);
  allow_examples(found, out);
  show_help(found, out.symbol.name);
  show_programs(found, out.tools);
  std::move(found.begin(), found.end(), std::back_inserter(out.references));
  out.named_tools = find_mcp_tools(lines, out.path);
  if (out.layer == Layer::playbook) out.steps = find_steps(body, lines, out);
}

}  // namespace

Manifest manifest::parse(const ManifestSource& source, const TokenCounter& counter, MarkCosts::Shared& marks) {
  std::optional<TomlManifest> toml;
  if (is_toml(source.path)) toml.emplace(source);
  const std::string_view text = toml ? toml->text : source.text;
  const syntax::LineIndex lines(text);
  const syntax::Frontmatter frontmatter = toml ? toml->frontmatter : syntax::find_frontmatter(text);
  const syntax::Parsed yaml = toml ? std::move(toml->parsed) : read_fields(lines, frontmatter);
  const std::string_view body = text.substr(frontmatter.body);
  const syntax::Outline outline = syntax::scan_outline(lines, frontmatter.body);
  const std::uint32_t first_line = lines.line_at(frontmatter.body);

  Problems problems(source.path);
  report_bytes(toml ? source.text : text, frontmatter, problems);
  report_frame(source, frontmatter, problems);
  report_yaml(yaml, problems);
  const bool lost = !yaml.complete || problems.has("FM001") || problems.has("FM002") ||
                    std::ranges::any_of(yaml.faults, [](const syntax::Fault& fault) {
                      return fault.kind == syntax::FaultKind::syntax;
                    });
  const bool document =
      is_document(source.kind, source.path) &&
      !(frontmatter.state == syntax::FrontmatterState::client && declares_manifest(source, yaml.root));
  if (!lost && !document) report_fields(source, yaml.root, problems);  // a field may be lost rather than missing
  Problems fences(source.path);
  report_fences(outline, body.size(), first_line, fences);
  std::vector<Diagnostic> open_fences = fences.take();

  Manifest out;
  Identity identity = identify(source, unicode::replace_invalid(scalar_text(yaml.root.find("name"))));
  out.symbol = {source.kind, std::move(identity.name)};
  out.title = std::move(identity.title);
  out.aliases = std::move(identity.aliases);
  out.document = document;
  out.plugin = source.plugin;
  out.scope = source.scope;
  out.root = source.root;
  out.path = source.path;
  out.description = describe(yaml.root, body);
  out.fields = flatten(yaml.root, source.path);
  read_declared(yaml.root, toml ? toml->file_lines : lines, out, problems);
  out.layer = layer_of(out, yaml.root);
  CutBody cut = cut_sections(lines, frontmatter.body, outline, out.symbol, counter, &marks);
  out.sections = std::move(cut.sections);
  out.body = cut.cost;
  out.heads = count_heads({source.kind, out.symbol.name, out.description, out.tools, out.body.tokens}, counter);
  const std::size_t declared = out.references.size();
  read_text(lines, frontmatter, outline, out);
  if (toml && toml->is_escaped()) toml->put_back(lines, out, declared, open_fences);
  problems.add(std::move(open_fences));
  out.problems = problems.take();
  return out;
}

Manifest parse_manifest(const ManifestSource& source, const TokenCounter& counter) {
  MarkCosts::Shared marks{};
  return manifest::parse(source, counter, marks);
}

}  // namespace cascade
