// A finding is recognised again by its rule, its file and the text that it complains about, not by its line: so a
// baseline still fits after lines were added above it.
#include "manifest/problems.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "hash/content_hash.h"
#include "manifest/fields.h"
#include "manifest/kinds.h"
#include "text/word_set.h"
#include "unicode/utf8.h"

namespace cascade::manifest {

Diagnostic& Problems::add(std::string_view rule, Severity severity, Location at, std::string message, std::string help,
                          std::string_view offending) {
  std::string identity(rule);
  identity.append(1, '\0').append(path_).append(1, '\0').append(offending);
  Diagnostic& finding = found_.emplace_back();
  finding.severity = severity;
  finding.rule = rule;
  finding.at = std::move(at);
  finding.at.path = path_;
  finding.message = std::move(message);
  finding.help = std::move(help);
  finding.fingerprint = hash::to_hex(hash::hash64(identity));
  return finding;
}

void Problems::add(std::vector<Diagnostic> found) { std::move(found.begin(), found.end(), std::back_inserter(found_)); }

bool Problems::has(std::string_view rule) const {
  return std::ranges::any_of(found_, [&](const Diagnostic& finding) { return finding.rule == rule; });
}

std::vector<Diagnostic> Problems::take() {
  std::sort(found_.begin(), found_.end());
  return std::move(found_);
}

void report_fences(const syntax::Outline& outline, std::size_t body_size, std::uint32_t first_line, Problems& out) {
  const auto report = [&](const syntax::Block& block) {
    out.add("CT006", Severity::error, {"", first_line + block.line - 1, 1}, "code fence is never closed",
            "close it with a line of the same marks; until then all that follows is read as code", block.text);
  };
  for (std::size_t index : outline.recovered_fences) report(outline.blocks[index]);
  for (const syntax::Block& block : outline.blocks)
    if (block.kind == syntax::BlockKind::fence && !block.closed && block.end == body_size) report(block);
}

namespace {

using syntax::Fault, syntax::FaultKind, syntax::Node;

struct FaultRule {
  FaultKind kind;
  std::string_view rule;
  Severity severity;
  std::string_view help;
};

constexpr std::array<FaultRule, 11> fault_rules = {{
    {FaultKind::syntax, "FM004", Severity::error,
     "the client drops every field of this file; quote the value or fix it"},
    {FaultKind::tab, "FM004", Severity::error, "indent with blanks; strict readers refuse tabs"},
    {FaultKind::duplicate_key, "FM005", Severity::error, "keep one; the client takes the last"},
    {FaultKind::tag, "FM012", Severity::error, "write the plain value without a tag"},
    {FaultKind::merge_key, "FM012", Severity::error, "write the merged entries out"},
    {FaultKind::documents, "FM012", Severity::error, "keep one document between the dashes"},
    {FaultKind::aliases, "FM012", Severity::error, "write the values out; the client refuses such a block"},
    {FaultKind::depth, "FM012", Severity::error, "nest less deeply"},
    {FaultKind::size, "FM012", Severity::error, "move the text into the body"},
    {FaultKind::repaired, "FM015", Severity::warning, "put the value in quotes; other readers drop the file"},
    {FaultKind::comment_cut, "FM015", Severity::warning, "put the value in quotes; ` #` begins a comment"},
}};

// A comment after a short value is ordinary YAML; in a field of text it cuts off words.
bool cuts_text(const Node& root, const Fault& fault) {
  for (std::size_t i = 0; i < root.size(); ++i) {
    const Node& value = root.value(i);
    if (letters::is_one_of(root.key(i).text, {"description", "when_to_use", "argument-hint"}) &&
        root.key(i).at.line <= fault.at.line && fault.at.line <= std::max(value.at.line, value.end.line))
      return true;
  }
  return false;
}

// The keys read in spite of a syntax fault, named in its help. Faults of encoding are left to report_bytes, which reads
// the whole file.
std::string salvaged_keys(const Node& root) {
  std::string out;
  for (std::size_t i = 0; i < root.size() && i < 8; ++i) out += (i == 0 ? "" : ", ") + root.key(i).text;
  return out;
}

void require(const ManifestSource& source, const Node& fields, std::string_view key, Severity severity,
             std::string_view why, Problems& out) {
  const Node* value = fields.find(key);
  if (value != nullptr &&
      (!scalar_text(value).empty() || value->kind == syntax::NodeKind::list || value->kind == syntax::NodeKind::map))
    return;  // a list or a map has the wrong type, which a rule reports
  Location at{"", 1, 0};
  if (value != nullptr)
    for (std::size_t i = 0; i < fields.size(); ++i)
      if (fields.key(i).text == key) at = {"", fields.key(i).at.line, fields.key(i).at.column};
  out.add("FM006", severity, at,
          std::string(to_string(source.kind)) + (value == nullptr ? " has no `" : " has an empty `") +
              std::string(key) + '`',
          std::string(why), key);
}

std::string hex_byte(char c) {
  constexpr char digits[] = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  return {'0', 'x', digits[byte / 16], digits[byte % 16]};
}

// Moves the text before the front matter to after it: nothing is lost and the client sees the fields.
Fix move_block_first(const ManifestSource& source, const syntax::Frontmatter& frontmatter, std::size_t opening) {
  const std::string_view text = source.text;
  const std::size_t begin = frontmatter.byte_order_mark ? unicode::byte_order_mark.size() : 0;
  const std::string_view preamble = text.substr(begin, opening - begin);
  const bool ended = frontmatter.body > 0 && (text[frontmatter.body - 1] == '\n' || text[frontmatter.body - 1] == '\r');
  Fix fix{true, {}};
  fix.edits.push_back({std::string(source.path), begin, preamble.size(), ""});
  fix.edits.push_back({std::string(source.path), frontmatter.body, 0, (ended ? "" : "\n") + std::string(preamble)});
  return fix;
}

}  // namespace

void report_yaml(const syntax::Parsed& yaml, Problems& out) {
  for (const Fault& fault : yaml.faults) {
    if (fault.kind == FaultKind::comment_cut && !cuts_text(yaml.root, fault)) continue;
    for (const FaultRule& rule : fault_rules) {
      if (rule.kind != fault.kind) continue;
      std::string help(rule.help);
      if (fault.kind == FaultKind::syntax && yaml.root.size() > 0) help += "; read here: " + salvaged_keys(yaml.root);
      out.add(rule.rule, rule.severity, {"", fault.at.line, fault.at.column}, fault.message, std::move(help),
              fault.message);
    }
  }
}

void report_fields(const ManifestSource& source, const Node& fields, Problems& out) {
  switch (source.kind) {
    case Kind::skill:
      require(source, fields, "description", Severity::warning, "say what it does and when to use it", out);
      return;
    case Kind::agent:
      require(source, fields, "name", source.plugin.empty() ? Severity::error : Severity::warning,
              source.plugin.empty() ? "the client registers no agent without a name" : "the client takes the file name",
              out);
      require(source, fields, "description", Severity::error, "the client registers no agent without a description",
              out);
      return;
    case Kind::command:
      if (scalar_text(fields.find("disable-model-invocation")) != "true")
        require(source, fields, "description", Severity::info, "say in one line what it does", out);
      return;
  }
}

void report_bytes(std::string_view text, const syntax::Frontmatter& frontmatter, Problems& out) {
  if (text.size() > client_file_limit)
    out.add("BD007", Severity::warning, {"", 1, 0}, "file is larger than 1 MiB, the client skips it",
            "move details into files that are linked from here", "");
  if (frontmatter.byte_order_mark)
    out.add("FM011", Severity::warning, {"", 1, 1}, "byte order mark before the first character",
            "save the file as UTF-8 without a byte order mark", "")
        .fix = Fix{true, {{std::string(out.path()), 0, unicode::byte_order_mark.size(), ""}}};
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    out.add("FM010", Severity::error, {"", 1, 1}, "file is UTF-16", "save it as UTF-8", "");
    return;
  }
  const std::size_t bad = std::min(text.find('\0'), unicode::first_invalid(text));
  if (bad == text.size()) return;
  const syntax::Position at = syntax::LineIndex(text).at(bad);
  const bool nul = text[bad] == '\0';
  out.add("FM010", Severity::error, {"", at.line, at.column},
          nul ? "NUL byte in a text file" : "byte " + hex_byte(text[bad]) + " is not UTF-8", "save the file as UTF-8",
          text.substr(bad, 1));
}

void report_frame(const ManifestSource& source, const syntax::Frontmatter& frontmatter, Problems& out) {
  const bool wanted = source.kind != Kind::command && !is_document(source.kind, source.path);
  switch (frontmatter.state) {
    case syntax::FrontmatterState::client: return;
    case syntax::FrontmatterState::none:
      if (wanted)
        out.add("FM001", Severity::error, {"", 1, 0}, "file has no front matter",
                source.kind == Kind::agent ? "begin with `---`, `name:`, `description:`, `---`; the client skips it"
                                           : "begin with `---`, `name:`, `description:`, `---`",
                "");
      return;
    case syntax::FrontmatterState::unclosed:
      out.add("FM002", Severity::error, {"", frontmatter.opening_line, 0}, "front matter is never closed",
              "end it with a line of three dashes in the first column", "");
      return;
    case syntax::FrontmatterState::preceded: {
      const std::size_t opening =
          syntax::LineIndex(source.text.substr(0, frontmatter.begin)).start(frontmatter.opening_line);
      out.add("FM003", Severity::error, {"", frontmatter.opening_line, 1}, "front matter is not at the first byte",
              "move what precedes it below; the client reads the block as text", "")
          .fix = move_block_first(source, frontmatter, opening);
      return;
    }
  }
}

}  // namespace cascade::manifest
