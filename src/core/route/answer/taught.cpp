// A naive Bayes model says for each class (a manifest, or a way to need nothing) how well it explains the prompt. The
// difference to the best class, in bits, becomes a factor: an entry's score from the library's own words is halved for
// each bit that its class is behind. Multiplying keeps both sources in play, as with likelihoods, and an entry that no
// lesson covers is placed by the best class that needs nothing. Called entries are left alone. Where the best class is
// of a kind that was not asked for, the words alone decide: next to the skill that would have answered, every agent is
// nothing.
#include "route/answer/taught.h"

#include <algorithm>
#include <array>

#include "route/answer/features.h"

namespace cascade::route {
namespace {

// The penalty, in 64ths of a bit, of an agent without lessons next to skills with lessons: it is reached through them.
constexpr std::int32_t agents_behind = 192;
constexpr std::uint32_t least_share = 20;        // an entry without a matching word counts as a twentieth of the best
constexpr std::uint32_t unspoken_score = 1'000;  // when no word matches any entry
constexpr std::uint32_t called = 1'000'000;      // entries called by name score this or more; lessons leave them alone

// score * 2^(-bits / 64).
std::uint32_t halved(std::uint64_t score, std::uint32_t bits) {
  constexpr std::array<std::uint32_t, 6> roots{46341, 55109, 60097,
                                               62757, 64132, 64830};  // 2^16 / 2^(1/2), 2^(1/4) ...
  if (bits >= 64 * 20) return 0;
  for (std::uint32_t i = 0, bit = 32; bit != 0; ++i, bit /= 2)
    if ((bits & bit) != 0) score = score * roots[i] >> 16;
  return static_cast<std::uint32_t>(score >> bits / 64);
}

}  // namespace

Taught::Taught(const Tables& tables, const Learned& learned, const Prompt& prompt, const Scorer& scorer,
               const std::vector<Kind>& kinds)
    : tables_(tables) {
  if (learned.empty()) return;
  features_ = features_of(tables, prompt, scorer);
  scores_.emplace(learned, features_);
  const auto best_of = [&](auto&& counts) {
    std::int32_t best = -1'000'000;
    for (std::uint32_t c = 0; c < scores_->size(); ++c)
      if (counts(c)) best = std::max(best, scores_->of(c));
    return best;
  };
  const auto everyday = [&](std::uint32_t c) { return c < learned.nones && learned.name(c) == "none everyday"; };
  nothing_ = best_of([&](std::uint32_t c) { return c < learned.nones; });
  idle_ = best_of([&](std::uint32_t c) { return c < learned.nones && !everyday(c); });
  work_ = best_of([&](std::uint32_t c) { return c >= learned.manifests || everyday(c); });
  requests_ = best_of([&](std::uint32_t c) { return c >= learned.manifests; });
  best_ = -1'000'000;
  std::int32_t best_asked = best_;
  for (const EntryRecord& entry : tables.entries) {
    if (entry.learned == 0 || entry.learned >= scores_->size()) continue;
    const bool is_asked =
        kinds.empty() || std::find(kinds.begin(), kinds.end(), static_cast<Kind>(entry.kind)) != kinds.end();
    best_ = std::max(best_, scores_->of(entry.learned));
    if (is_asked) best_asked = std::max(best_asked, scores_->of(entry.learned));
  }
  taught_ = best_ != -1'000'000 && best_ == best_asked;
  if (!taught_) best_ = work_;
}

std::int32_t Taught::of(std::uint32_t entry) const {
  const std::uint32_t c = tables_.entries[entry].learned;
  if (!scores_ || (c != 0 && c >= scores_->size())) return 0;
  if (c != 0) return scores_->of(c) - best_;
  const bool agent = static_cast<Kind>(tables_.entries[entry].kind) == Kind::agent;
  return std::min(nothing_ - best_, 0) - (agent ? agents_behind : 0);
}

std::int32_t Taught::ahead(std::uint32_t entry) const {
  std::int32_t next = -1'000'000;
  for (std::uint32_t e = 0; e < tables_.entries.size; ++e)
    if (e != entry && tables_.entries[e].learned != 0) next = std::max(next, of(e));
  return of(entry) - next;
}

void Taught::combine(std::vector<Ranked>& order) {
  if (!taught_) return;
  std::uint32_t top = 0;
  std::vector<std::uint8_t> seen(tables_.entries.size, 0);
  for (const Ranked& ranked : order) {
    seen[ranked.entry] = 1;
    if (ranked.score < called) top = std::max(top, ranked.score);
  }
  best_before_ = top;
  const std::uint32_t least = std::max<std::uint32_t>(top == 0 ? unspoken_score : top / least_share, 1);
  for (Ranked& ranked : order) {
    if (ranked.score >= called) continue;
    const bool taught = tables_.entries[ranked.entry].learned != 0;
    const std::uint32_t score = taught ? std::max(ranked.score, least) : ranked.score;
    ranked.score = halved(score, static_cast<std::uint32_t>(-of(ranked.entry)));
  }
  for (std::uint32_t e = 0; e < tables_.entries.size; ++e)
    if (tables_.entries[e].learned != 0 && seen[e] == 0)
      if (const std::uint32_t score = halved(least, static_cast<std::uint32_t>(-of(e))); score != 0)
        order.push_back({e, score});
  order.erase(std::remove_if(order.begin(), order.end(), [](const Ranked& r) { return r.score == 0; }), order.end());
  std::sort(order.begin(), order.end(), is_better);
}

}  // namespace cascade::route
