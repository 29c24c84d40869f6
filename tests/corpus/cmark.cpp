#include "cmark.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <utility>

#include "scratch_folder.h"

namespace cascade::corpus {
namespace {

std::string output_of(const std::string& command) {
  std::string out;
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return out;
  char buffer[1 << 16];
  for (std::size_t n = 0; (n = fread(buffer, 1, sizeof buffer, pipe)) > 0;) out.append(buffer, n);
  pclose(pipe);
  return out;
}

std::string unescape(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    bool found = false;
    for (const auto& [name, character] :
         {std::pair<std::string_view, char>{"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}, {"&quot;", '"'}}) {
      if (text.substr(at, name.size()) != name) continue;
      out += character;
      at += name.size();
      found = true;
      break;
    }
    if (!found) out += text[at++];
  }
  return out;
}

// Reads cmark's XML, which is regular: no comments, no CDATA, attributes in double quotes.
class XmlReader {
 public:
  explicit XmlReader(std::string_view xml) : xml_(xml) {}

  std::vector<CmarkBlock> read() {
    for (std::size_t at = xml_.find('<'); at != std::string_view::npos; at = xml_.find('<', at)) {
      const std::size_t end = xml_.find('>', at);
      if (end == std::string_view::npos) break;
      tag(xml_.substr(at + 1, end - at - 1), end + 1);
      at = end + 1;
    }
    return std::move(blocks_);
  }

 private:
  static std::string attribute(std::string_view tag, const std::string& name) {
    const std::size_t at = tag.find(' ' + name + "=\"");
    if (at == std::string_view::npos) return "";
    const std::size_t begin = at + name.size() + 3;
    return unescape(tag.substr(begin, tag.find('"', begin) - begin));
  }
  static std::uint32_t number(const std::string& text) {
    return static_cast<std::uint32_t>(std::strtoul(text.c_str(), nullptr, 10));
  }

  void tag(std::string_view tag, std::size_t content) {
    const std::string_view name = tag.substr(0, tag.find_first_of(" /", 1));
    if ((name == "item" || name == "block_quote") && tag.back() != '/') ++depth_;
    if (name == "/item" || name == "/block_quote") --depth_;
    if (name == "heading") add("heading", tag);
    if (name == "/heading") in_heading_ = false;
    if (name == "code_block") add("code", tag);
    if (name == "html_block") add("html", tag);
    if (name == "thematic_break") add("rule", tag);
    if (!in_heading_) return;
    if (name == "text" || name == "code")
      blocks_.back().text += unescape(xml_.substr(content, xml_.find('<', content) - content));
    if (name == "softbreak" || name == "linebreak") blocks_.back().text += ' ';
  }
  void add(const char* kind, std::string_view tag) {
    blocks_.push_back(
        {kind, number(attribute(tag, "sourcepos")), number(attribute(tag, "level")), depth_, attribute(tag, "info")});
    in_heading_ = blocks_.back().kind == "heading" && tag.back() != '/';
  }

  std::string_view xml_;
  std::vector<CmarkBlock> blocks_;
  std::uint32_t depth_ = 0;
  bool in_heading_ = false;
};

}  // namespace

bool has_cmark() { return !output_of("command -v cmark-gfm 2>/dev/null").empty(); }

std::vector<CmarkBlock> cmark_outline(std::string_view markdown) {
  const test::ScratchFolder folder;
  const std::string file = folder.path + "/outline.md";
  std::ofstream(file, std::ios::binary) << markdown;
  const std::string xml = output_of("cmark-gfm --to xml --sourcepos -e table '" + file + "'");
  return XmlReader(xml).read();
}

}  // namespace cascade::corpus
