// Pairs delimiter runs as CommonMark's reference algorithm does: each run that can close looks back for the nearest
// run that can open it, and takes one or two marks from both. For each kind of closer, a bottom records how far back
// the search failed before; no later closer of that kind looks there again. That keeps the search linear on text full
// of unpaired marks, where looking back without a bottom would be quadratic.
#include "syntax/emphasis.h"

#include "text/space.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace cascade::syntax {
namespace {

struct Range {
  char32_t first, last;
};

// Punctuation beyond ASCII (Unicode 15.1, categories P*), the blocks that occur in running text.
constexpr Range punctuation[] = {
    {0x00A1, 0x00A1}, {0x00A7, 0x00A7}, {0x00AB, 0x00AB}, {0x00B6, 0x00B7}, {0x00BB, 0x00BB}, {0x00BF, 0x00BF},
    {0x037E, 0x037E}, {0x0387, 0x0387}, {0x055A, 0x055F}, {0x0589, 0x058A}, {0x05BE, 0x05BE}, {0x060C, 0x060D},
    {0x061B, 0x061B}, {0x061D, 0x061F}, {0x0964, 0x0965}, {0x2010, 0x2027}, {0x2030, 0x2043}, {0x2045, 0x2051},
    {0x2053, 0x205E}, {0x207D, 0x207E}, {0x208D, 0x208E}, {0x2308, 0x230B}, {0x2329, 0x232A}, {0x2768, 0x2775},
    {0x27C5, 0x27C6}, {0x27E6, 0x27EF}, {0x2983, 0x2998}, {0x29D8, 0x29DB}, {0x29FC, 0x29FD}, {0x2CF9, 0x2CFC},
    {0x2CFE, 0x2CFF}, {0x2E00, 0x2E2E}, {0x2E30, 0x2E4F}, {0x2E52, 0x2E5D}, {0x3001, 0x3003}, {0x3008, 0x3011},
    {0x3014, 0x301F}, {0x3030, 0x3030}, {0x303D, 0x303D}, {0x30A0, 0x30A0}, {0x30FB, 0x30FB}, {0xFE10, 0xFE19},
    {0xFE30, 0xFE52}, {0xFE54, 0xFE61}, {0xFE63, 0xFE63}, {0xFE68, 0xFE68}, {0xFE6A, 0xFE6B}, {0xFF01, 0xFF03},
    {0xFF05, 0xFF0A}, {0xFF0C, 0xFF0F}, {0xFF1A, 0xFF1B}, {0xFF1F, 0xFF20}, {0xFF3B, 0xFF3D}, {0xFF3F, 0xFF3F},
    {0xFF5B, 0xFF5B}, {0xFF5D, 0xFF5D}, {0xFF5F, 0xFF65},
};

bool is_punctuation(char32_t c) noexcept {
  if (c < 0x80) return letters::is_punctuation(static_cast<char>(c));
  const auto* after = std::upper_bound(std::begin(punctuation), std::end(punctuation), c,
                                       [](char32_t value, const Range& range) { return value < range.first; });
  return after != std::begin(punctuation) && c <= std::prev(after)->last;
}

}  // namespace

void Emphasis::add_run(std::size_t at, std::size_t length, char mark, char32_t before, char32_t after) {
  const bool left =
      !letters::is_white(after) && (!is_punctuation(after) || letters::is_white(before) || is_punctuation(before));
  const bool right =
      !letters::is_white(before) && (!is_punctuation(before) || letters::is_white(after) || is_punctuation(after));
  Run run;
  run.at = at;
  run.length = run.left = length;
  run.mark = mark;
  run.opens = mark == '*' ? left : left && (!right || is_punctuation(before));
  run.closes = mark == '*' ? right : right && (!left || is_punctuation(after));
  runs_.push_back(run);
}

// If one of the two runs can both open and close, they pair only if their lengths do not add up to a multiple of
// three, or both are multiples of three.
bool Emphasis::may_pair(const Run& opener, const Run& closer) noexcept {
  if (opener.mark != closer.mark || !opener.opens || opener.left == 0) return false;
  const bool both_ways = opener.closes || closer.opens;
  return !both_ways || closer.length % 3 == 0 || (opener.length + closer.length) % 3 != 0;
}

void Emphasis::pair_from(std::size_t first) {
  // No opener below its bottom fits a closer of this mark, length (modulo three) and kind: an earlier search failed
  // there.
  std::array<std::size_t, 12> bottoms;
  bottoms.fill(first);
  std::vector<std::size_t> waiting;  // runs that can still open, ascending
  for (std::size_t i = first; i < runs_.size(); ++i) {
    Run& closer = runs_[i];
    std::size_t& bottom = bottoms[(closer.mark == '*' ? 0 : 6) + (closer.opens ? 3 : 0) + closer.length % 3];
    while (closer.closes && closer.left > 0) {
      std::size_t at = waiting.size();
      while (at > 0 && waiting[at - 1] >= bottom && !may_pair(runs_[waiting[at - 1]], closer)) --at;
      if (at == 0 || waiting[at - 1] < bottom) {
        bottom = i;
        break;
      }
      waiting.resize(at);  // runs between the pair can no longer open anything
      Run& opener = runs_[waiting.back()];
      const std::size_t used = opener.left >= 2 && closer.left >= 2 ? 2 : 1;
      opener.left -= used;
      closer.left -= used;
      if (opener.left == 0) waiting.pop_back();
    }
    if (closer.opens && closer.left > 0) waiting.push_back(i);
  }
  for (std::size_t i = first; i < runs_.size(); ++i)
    if (runs_[i].left < runs_[i].length)
      paired_.push_back({runs_[i].at + runs_[i].left, runs_[i].at + runs_[i].length});
  runs_.resize(first);
}

}  // namespace cascade::syntax
