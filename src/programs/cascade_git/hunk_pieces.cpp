#include "cascade_git/hunk_pieces.h"

#include <algorithm>

#include "hash/content_hash.h"
#include "text/ascii.h"

namespace cascade::git {
namespace {

constexpr std::size_t longest_whole = 24;  // lines of a block that is never cut
constexpr std::size_t longest_part = 120;  // lines after which it is cut wherever it is
constexpr std::uint64_t one_in = 3;        // so many beginnings of paragraphs are a cut

using Lines = std::vector<std::string_view>;
using Hashes = std::vector<std::uint64_t>;

// Where the smallest rotation begins: two pointers, each of which skips what the other has beaten. Linear.
std::size_t smallest_rotation(const Hashes& hashes) {
  const std::size_t size = hashes.size();
  std::size_t first = 0, second = 1, same = 0;
  while (first < size && second < size && same < size) {
    const std::uint64_t a = hashes[(first + same) % size], b = hashes[(second + same) % size];
    if (a == b) {
      ++same;
      continue;
    }
    (a > b ? first : second) += same + 1;
    if (first == second) ++second;
    same = 0;
  }
  return std::min(first, second);
}

Hashes hashes_of(const Lines& lines) {
  Hashes hashes;
  hashes.reserve(lines.size());
  for (const std::string_view line : lines) hashes.push_back(hash::hash64(line));
  return hashes;
}

void add_hash(std::string& text, std::uint64_t number) {
  text.append(reinterpret_cast<const char*>(&number), sizeof number);
}

std::uint64_t id_of_lines(const Hashes& removed, const Hashes& added, bool may_slide) {
  std::string text;
  text.reserve((removed.size() + added.size() + 2) * sizeof(std::uint64_t));
  for (const Hashes* side : {&removed, &added}) {
    add_hash(text, side->size());
    const std::size_t begin = may_slide && side->size() > 1 ? smallest_rotation(*side) : 0;
    for (std::size_t i = 0; i < side->size(); ++i) add_hash(text, (*side)[(begin + i) % side->size()]);
  }
  return std::max<std::uint64_t>(hash::hash64(text), 1);
}

void identify(HunkPiece& piece, bool may_slide) {
  const Hashes removed = hashes_of(piece.removed), added = hashes_of(piece.added);
  piece.id = id_of_lines(removed, added, may_slide);
  piece.inverse = id_of_lines(added, removed, may_slide);
}

bool is_blank_line(std::string_view line) { return letters::trim(line).empty(); }

// A paragraph that begins at the margin, chosen by its first line alone.
bool is_cut(const Lines& lines, std::size_t at) {
  if (at == 0 || !is_blank_line(lines[at - 1]) || is_blank_line(lines[at])) return false;
  const char first = lines[at].front();
  if (letters::is_blank(first) || first == '}' || first == ')') return false;
  return hash::hash64(lines[at]) % one_in == 0;
}

}  // namespace

void add_pieces(const HunkPiece& hunk, std::vector<HunkPiece>& pieces) {
  const bool one_sided = hunk.removed.empty() || hunk.added.empty();
  const Lines& lines = hunk.added.empty() ? hunk.removed : hunk.added;
  if (!one_sided || lines.size() <= longest_whole) {
    identify(pieces.emplace_back(hunk), one_sided);
    return;
  }
  for (std::size_t begin = 0; begin < lines.size();) {
    std::size_t end = begin + 1;
    while (end < lines.size() && end - begin < longest_part && !is_cut(lines, end)) ++end;
    HunkPiece& piece = pieces.emplace_back();
    const bool adds = hunk.removed.empty();
    const auto offset = static_cast<std::uint32_t>(begin);
    piece.old_at = hunk.old_at + (adds ? 0 : offset);
    piece.new_at = hunk.new_at + (adds ? offset : 0);
    (adds ? piece.added : piece.removed)
        .assign(lines.begin() + static_cast<std::ptrdiff_t>(begin), lines.begin() + static_cast<std::ptrdiff_t>(end));
    identify(piece, false);
    begin = end;
  }
}

std::uint64_t id_of_fact(std::string_view what, std::string_view before, std::string_view after) {
  const std::string text = std::string(what) + '\0' + std::string(before) + '\0' + std::string(after);
  return std::max<std::uint64_t>(hash::hash64(text), 1);
}

}  // namespace cascade::git
