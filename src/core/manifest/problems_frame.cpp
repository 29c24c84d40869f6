// Reports faults in the bytes of a file and in the frame of its front matter: FM001 to FM003, FM010, FM011, BD007.
#include "manifest/identity.h"
#include "manifest/problems.h"
#include "syntax/lines.h"
#include "unicode/utf8.h"

namespace cascade::manifest {
namespace {

std::string hex_byte(char c) {
  constexpr char digits[] = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  return {'0', 'x', digits[byte / 16], digits[byte % 16]};
}

// The first byte that is ill-formed UTF-8 or NUL; npos when there is none.
std::size_t first_bad_byte(std::string_view text) {
  std::size_t end = text.find('\0');
  if (unicode::is_valid(text)) return end;
  for (std::size_t i = 0; i < text.size() && i < end;) {
    const unicode::Decoded next = unicode::decode(text, i);
    if (!next.valid) return i;
    i += next.length;
  }
  return end;
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

void report_bytes(std::string_view text, const syntax::Frontmatter& frontmatter, Problems& out) {
  if (text.size() > client_file_limit)
    out.add("BD007", Severity::warning, {"", 1, 0}, "file is larger than 1 MiB, the client skips it",
            "move details into files that are linked from here", "");
  if (frontmatter.byte_order_mark)
    out.add("FM011", Severity::warning, {"", 1, 1}, "byte order mark before the first character",
            "save the file as UTF-8 without a byte order mark", "")
        .fix = Fix{true, {{std::string(out.path()), 0, unicode::byte_order_mark.size(), ""}}};
  if (text.substr(0, 2) == "\xFF\xFE" || text.substr(0, 2) == "\xFE\xFF") {
    out.add("FM010", Severity::error, {"", 1, 1}, "file is UTF-16", "save it as UTF-8", "");
    return;
  }
  const std::size_t bad = first_bad_byte(text);
  if (bad == std::string_view::npos) return;
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
