#include "hook/chance.h"

#include <algorithm>

#include "hash/content_hash.h"

namespace cascade::hook {
namespace {

constexpr std::uint64_t million = 1'000'000;

}  // namespace

Chance::Chance(const Registry& registry, const Bundle& bundle, const std::string& session, std::uint32_t ppm)
    : ppm_(ppm) {
  const Piece* main = nullptr;
  for (const Piece& piece : bundle.pieces)
    if (session::is_section(piece.form) && (main == nullptr || piece.value > main->value)) main = &piece;
  for (const Piece& piece : bundle.pieces) {
    // A lead is what a text begins with, and what its other sections take for granted.
    if (!session::is_section(piece.form) || piece.form == Form::lead || &piece == main) continue;
    decided_.push_back(piece.content_hash);
    const std::uint32_t number = registry.section(piece.id, piece.section).shorter_of;
    const SectionView whole = registry.section(piece.id, number);
    if (hash::hash64(session + " " + hash::to_hex(whole.content_hash)) % million >= ppm) continue;
    withheld_.push_back(
        {to_string(symbol_of(registry[piece.id])), number, whole.form, whole.content_hash, whole.cost, ppm});
  }
  std::sort(decided_.begin(), decided_.end());
}

void Chance::mark(std::vector<session::SentPiece>& pieces) const {
  for (session::SentPiece& piece : pieces)
    if (std::binary_search(decided_.begin(), decided_.end(), piece.content_hash)) piece.withheld_ppm = ppm_;
}

}  // namespace cascade::hook
