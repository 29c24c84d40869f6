// Walks once over the words of a text. A word that stands by itself, in prose or in code, and looks like a relative
// path with a file's ending may be a file; so may what a link leads to and what follows the variable of the skill's
// folder.
#include "manifest/linked_paths.h"

#include "client/names.h"
#include "syntax/link_parts.h"
#include "text/ascii.h"
#include "text/byte_block.h"
#include "text/hex.h"

#include <algorithm>

namespace cascade::manifest {
namespace {

using letters::ByteSet;

constexpr std::size_t longest_path = 300;

constexpr ByteSet breaks_path(" \t\r\n`\"'()[]{}<>,;:*$|\\=@!"), ends_written("#?");
constexpr ByteSet before_path(" \t\r\n`\"'([,=@"), behind_path(" \t\r\n`\"')],;:!");
constexpr ByteSet never_in_path(":<>{}*$|\\\"'()[],;=\n\t ");

// A word from `begin`, without the full stops of the sentence.
std::string_view word_at(std::string_view text, std::size_t begin) {
  std::string_view word = text.substr(begin, breaks_path.find_in(text, begin) - begin);
  while (!word.empty() && word.back() == '.') word.remove_suffix(1);
  return word;
}

// Whether nothing joins the word to its neighbours: "me@here.com", "a:b.md", "x.y()" and "*.md" are no paths. What a
// link's brackets hold is read as a link.
bool stands_alone(std::string_view text, std::size_t begin, std::size_t end) {
  if (end < text.size() && !behind_path.has(text[end])) return false;
  if (begin == 0) return true;
  const char before = text[begin - 1], further = begin > 1 ? text[begin - 2] : ' ';
  if (before == '(') return further != ']';
  return before_path.has(before) && (before != '@' || letters::is_space(further));
}

// A relative path whose last part has an ending of one to eight letters and digits.
bool is_path(std::string_view path) {
  if (path.empty() || path.size() > longest_path || path.front() == '/' || path.front() == '~') return false;
  if (never_in_path.find_in(path) != std::string_view::npos) return false;
  const std::string_view last = path.substr(path.rfind('/') + 1);
  const std::size_t dot = last.rfind('.');
  if (dot == std::string_view::npos || dot == 0 || last.find("..") != std::string_view::npos) return false;
  const std::string_view ending = last.substr(dot + 1);
  return !ending.empty() && ending.size() <= 8 && std::all_of(ending.begin(), ending.end(), [](char c) {
    return letters::is_letter(c) || letters::is_digit(c);
  }) && std::any_of(ending.begin(), ending.end(), [](char c) { return letters::is_letter(c); });
}

class Paths {
 public:
  void add(std::string_view written) {
    if (found_.size() >= most_linked_paths) return;
    written = written.substr(0, ends_written.find_in(written));
    while (written.starts_with("./")) written.remove_prefix(2);
    if (!is_path(written)) return;
    const std::string path = letters::percent_decoded(written);
    const bool plain =
        std::all_of(path.begin(), path.end(), [](char c) { return static_cast<unsigned char>(c) >= ' '; });
    if (plain && std::find(found_.begin(), found_.end(), path) == found_.end()) found_.push_back(path);
  }

  std::vector<std::string> take() { return std::move(found_); }

 private:
  std::vector<std::string> found_;
};

}  // namespace

std::vector<std::string> linked_paths(std::string_view text) {
  Paths paths;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '(' && at > 0)
      if (const auto link = syntax::link_at(text, at - 1)) paths.add(link->destination(text));
    if (text[at] == '$')
      for (const std::string_view folder : client::variables::below_skill)
        if (text.substr(at).starts_with(folder)) paths.add(word_at(text, at + folder.size()));
    if (breaks_path.has(text[at])) continue;
    const std::size_t end = std::min(breaks_path.find_in(text, at), text.size());
    if (text.substr(at, end - at).find('.') != std::string_view::npos && stands_alone(text, at, end))
      paths.add(word_at(text, at));
    at = end - 1;
  }
  return paths.take();
}

}  // namespace cascade::manifest
