// Walks once over the signs that may begin a path: a link's parenthesis, a backtick, "@", "$". The text after each is
// read up to the sign that ends it and kept when it looks like a relative path with a file's ending.
#include "manifest/linked_paths.h"

#include "client/names.h"
#include "syntax/link_parts.h"
#include "text/ascii.h"
#include "text/byte_set.h"
#include "text/percent.h"

#include <algorithm>

namespace cascade::manifest {
namespace {

using letters::ByteSet;

constexpr std::size_t longest_path = 300;
constexpr std::string_view folder_variable = client::variables::below_skill[0];

constexpr ByteSet begins_path("(`@$"), never_in_path(":<>{}*$|\\\"'()[],;=\n\t "), ends_written("#?");
constexpr ByteSet ends_code("`\n");

// The text up to one of the signs in `ends` on the same line; empty when there is none.
std::string_view up_to(std::string_view text, std::size_t begin, const ByteSet& ends) {
  const std::string_view within = text.substr(begin, longest_path);
  const std::size_t end = ends.find_in(within);
  return end == std::string_view::npos || within.substr(0, end).find('\n') != std::string_view::npos
             ? std::string_view()
             : within.substr(0, end);
}

// The longest run of characters that a path inside a sentence may have.
std::string_view word_at(std::string_view text, std::size_t begin) {
  std::size_t end = begin;
  while (end < text.size() && (letters::is_letter(text[end]) || letters::is_digit(text[end]) || text[end] == '/' ||
                               text[end] == '.' || text[end] == '_' || text[end] == '-'))
    ++end;
  std::string_view word = text.substr(begin, end - begin);
  while (!word.empty() && word.back() == '.') word.remove_suffix(1);  // of the sentence
  return word;
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
    if (written.starts_with(folder_variable)) written.remove_prefix(folder_variable.size());
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
  for (std::size_t at = begins_path.find_in(text); at != std::string_view::npos;
       at = begins_path.find_in(text, at + 1)) {
    if (text[at] == '(' && at > 0)
      if (const auto link = syntax::link_at(text, at - 1)) paths.add(link->destination(text));
    if (text[at] == '`') paths.add(up_to(text, at + 1, ends_code));
    if (text[at] == '@' && (at == 0 || letters::is_space(text[at - 1]))) paths.add(word_at(text, at + 1));
    if (text[at] == '$' && text.substr(at).starts_with(folder_variable))
      paths.add(word_at(text, at + folder_variable.size()));
  }
  return paths.take();
}

}  // namespace cascade::manifest
