// Block structure of 1,482 real manifests against cmark-gfm.
#include "syntax/outline.h"
#include "accepting.h"
#include "cmark.h"
#include "syntax/frontmatter.h"
#include "syntax/lines.h"
#include "syntax_corpora.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

using namespace cascade;
using syntax::Block;
using syntax::BlockKind;
using syntax::Outline;
using syntax::Recovery;

namespace {

bool there_are_corpora() {
  if (!corpus::manifests().empty()) return true;
  WARN("../shared/corpora is not there: skipped");
  return false;
}

std::string_view body_of(const corpus::Manifest& manifest) {
  return std::string_view(manifest.text).substr(syntax::find_frontmatter(manifest.text).body);
}

std::string describe(const std::string& kind, std::uint32_t line, std::uint32_t level, std::uint32_t depth,
                     const std::string& text) {
  return std::to_string(line) + " " + std::string(depth, '>') + kind + (level == 0 ? "" : std::to_string(level)) + " " +
         text + "\n";
}

// The lines of a file's blocks, as far as cmark's tree has places for them, lines counted from `first_line`.
std::string ours(const Outline& outline, std::uint32_t first_line) {
  std::string out;
  for (const Block& block : outline.blocks) {
    const char* kind = nullptr;
    if (block.kind == BlockKind::heading) kind = "heading";
    if (block.kind == BlockKind::fence || block.kind == BlockKind::indented_code) kind = "code";
    if (block.kind == BlockKind::html) kind = "html";
    if (block.kind == BlockKind::rule) kind = "rule";
    if (kind != nullptr) out += describe(kind, first_line + block.line - 1, block.level, block.depth, block.text);
  }
  return out;
}

std::string theirs(const std::vector<corpus::CmarkBlock>& blocks, std::uint32_t first_line, std::uint32_t end_line) {
  std::string out;
  for (const corpus::CmarkBlock& block : blocks)
    if (block.line >= first_line && block.line < end_line)
      out += describe(block.kind, block.line, block.level, block.depth, block.text);
  return out;
}

// A fence or HTML block outside lists and quotes that would go on into the next file.
bool is_open_at_end(const Outline& outline) {
  return std::any_of(outline.blocks.begin(), outline.blocks.end(),
                     [](const Block& block) { return !block.closed && block.depth == 0; });
}

bool is_recovered(const Outline& outline) {
  return !outline.recovered_fences.empty() || !outline.recovered_html.empty() || !outline.collapsed.empty();
}

struct Part {
  const corpus::Manifest* manifest;
  std::uint32_t first_line, end_line;
};

// Bodies that can stand in one document: each is followed by a paragraph that ends every list and quote.
struct Joined {
  std::string text;
  std::uint32_t lines = 0;
  std::vector<Part> parts;

  void add(const corpus::Manifest& manifest) {
    const std::string_view body = body_of(manifest);
    const std::string with_end = std::string(body) + "\n\nThe next file.\n\n";
    const std::uint32_t count = syntax::LineIndex(with_end).lines() - 1;
    parts.push_back({&manifest, lines + 1, lines + 1 + count});
    text += with_end;
    lines += count;
  }
};

}  // namespace

TEST_CASE("without recovery the outline of every manifest is cmark-gfm's, with recovery where nothing is broken") {
  if (!there_are_corpora()) return;
  if (!corpus::has_cmark()) {
    WARN("cmark-gfm is not installed: skipped");
    return;
  }
  std::map<std::string, Joined> joined;
  for (const corpus::Manifest& manifest : corpus::manifests()) {
    const Outline outline = syntax::scan_outline(body_of(manifest), Recovery::off);
    if (!is_open_at_end(outline)) {
      joined[manifest.corpus].add(manifest);
      continue;
    }
    CAPTURE(manifest.corpus, manifest.path);
    CHECK(ours(outline, 1) == theirs(corpus::cmark_outline(body_of(manifest)), 1, ~0U));
  }
  for (const auto& [name, document] : joined) {
    const std::vector<corpus::CmarkBlock> blocks = corpus::cmark_outline(document.text);
    for (const Part& part : document.parts) {
      CAPTURE(name, part.manifest->path, part.first_line);
      const std::string expected = theirs(blocks, part.first_line, part.end_line);
      CHECK(ours(syntax::scan_outline(body_of(*part.manifest), Recovery::off), part.first_line) == expected);
      const Outline recovered = syntax::scan_outline(body_of(*part.manifest), Recovery::on);
      if (!is_recovered(recovered)) CHECK(ours(recovered, part.first_line) == expected);
    }
  }
}

TEST_CASE("the blocks of random Markdown are cmark-gfm's") {
  if (!corpus::has_cmark()) {
    WARN("cmark-gfm is not installed: skipped");
    return;
  }
  constexpr std::string_view pieces[] = {"\n",    "\n",  "\n",  "\n",     "\n\n",  "\n\n", " ",     "  ",     "    ",
                                         "\t",    "a",   "b c", "# ",     "## ",   "> ",   ">",     "- ",     "* ",
                                         "+",     "1. ", "2) ", "---",    "===",   "***",  "```",   "~~~",    "`",
                                         "| ",    "|-|", "[a]", "[a]: b", "<!-- ", "-->",  "<pre>", "</pre>", "<div>",
                                         "<x y>", "<?",  "?>",  "\\",     "#",     "\"",   "e"};
  std::uint32_t state = 4;
  const auto random = [&state](std::size_t below) { return ((state = state * 1664525 + 1013904223) >> 8) % below; };
  std::vector<corpus::Manifest> texts;
  while (texts.size() < 3000) {
    corpus::Manifest manifest;
    for (std::size_t n = 1 + random(30); n > 0; --n) manifest.text += pieces[random(std::size(pieces))];
    manifest.text = "Text.\n\n" + manifest.text;  // so that none begins with front matter
    if (!is_open_at_end(syntax::scan_outline(manifest.text, Recovery::off))) texts.push_back(std::move(manifest));
  }
  Joined joined;
  for (const corpus::Manifest& manifest : texts) joined.add(manifest);
  std::vector<corpus::CmarkBlock> blocks = corpus::cmark_outline(joined.text);
  for (corpus::CmarkBlock& block : blocks) block.text.clear();
  for (const Part& part : joined.parts) {
    CAPTURE(part.manifest->text);
    Outline outline = syntax::scan_outline(part.manifest->text, Recovery::off);
    for (Block& block : outline.blocks) block.text.clear();
    CHECK(ours(outline, part.first_line) == theirs(blocks, part.first_line, part.end_line));
  }
}

// outline_recovered.txt lists every place where recovery departs from CommonMark, in lines of the body. Read by hand: a
// change must be, too. CASCADE_TEST_ACCEPT=1 writes it anew.
TEST_CASE("recovery departs from CommonMark where the reviewed list says") {
  if (!there_are_corpora()) return;
  std::string found;
  for (const corpus::Manifest& manifest : corpus::manifests()) {
    const std::string_view body = body_of(manifest);
    const Outline outline = syntax::scan_outline(body, Recovery::on);
    if (!is_recovered(outline)) continue;
    const syntax::LineIndex lines(body);
    const auto place = [&](const char* what, const std::vector<std::size_t>& indices) {
      for (const std::size_t index : indices) {
        const Block& block = outline.blocks[index];
        found += std::string(" ") + what + " " + std::to_string(block.line) + "-" +
                 std::to_string(lines.line_at(block.end - 1));
      }
    };
    found += manifest.corpus + "/" + manifest.path + ":";
    place("fence", outline.recovered_fences);
    place("html", outline.recovered_html);
    place("collapsed", outline.collapsed);
    found += "\n";
  }
  const std::string path = std::string(CASCADE_SOURCE_DIR) + "/tests/corpus/outline_recovered.txt";
  if (cascade::test::is_accepting()) std::ofstream(path) << found;
  std::ifstream in(path);
  CHECK(found == std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()));
}
