// The client weighs a skill's uses by 2^(-age in weeks). Here the power is a product of integers, one factor for each
// binary digit of the age, so that the order of skills is the same whatever library computes powers elsewhere.
#include "client/skill_usage.h"

#include "files/paths.h"
#include "syntax/json.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace cascade::client {
namespace {

constexpr std::uint64_t max_bytes = 16 << 20;
constexpr syntax::NodeLimits limits{.bytes = max_bytes, .depth = 32, .nodes = 200'000, .alias_nodes = 0};

// 0 for anything but digits, with or without a fraction, which is left out.
std::int64_t number_in(const syntax::Node& object, std::string_view key) {
  const syntax::Node* node = object.find(key);
  if (node == nullptr || node->kind != syntax::NodeKind::number) return 0;
  std::int64_t value = 0;
  const char* const end = node->text.data() + node->text.size();
  const auto read = std::from_chars(node->text.data(), end, value);
  return read.ec == std::errc() && (read.ptr == end || *read.ptr == '.') ? value : 0;
}

constexpr std::uint64_t whole = std::uint64_t{1} << 32;  // the weight 1

constexpr std::uint64_t root_of(std::uint64_t square) {
  std::uint64_t root = 0;
  for (std::uint64_t bit = whole >> 1; bit != 0; bit >>= 1)
    if ((root + bit) * (root + bit) <= square) root += bit;
  return root;
}

// 2^(-1/2), 2^(-1/4), 2^(-1/8), ...
constexpr std::array<std::uint64_t, 30> make_roots() {
  std::array<std::uint64_t, 30> roots{};
  std::uint64_t last = whole / 2;
  for (std::uint64_t& root : roots) root = last = root_of(last << 32);
  return roots;
}

// The weight of a use, in millionths: it halves with every week, down to one tenth.
std::uint64_t weight_after(std::int64_t milliseconds) {
  constexpr std::int64_t week = std::int64_t{7} * 24 * 3600 * 1000;
  constexpr std::uint64_t million = 1'000'000, least = million / 10;
  constexpr auto roots = make_roots();
  if (milliseconds <= 0) return million;
  if (milliseconds >= 4 * week) return least;
  std::uint64_t weight = whole >> (milliseconds / week);
  std::int64_t rest = milliseconds % week;
  for (const std::uint64_t root : roots) {
    rest *= 2;
    if (rest < week) continue;
    rest -= week;
    weight = weight * root >> 32;
  }
  return std::max(weight * million >> 32, least);
}

}  // namespace

SkillUsage SkillUsage::read(const files::Tree& tree, const UserPlace& user, std::int64_t now) {
  SkillUsage usage;
  if (user.state.empty()) return usage;
  const auto text = tree.read(user.state, max_bytes);
  if (!text || text->find("skillUsage") == std::string::npos) return usage;
  const syntax::Parsed parsed = syntax::parse_json(*text, limits);
  const syntax::Node* given = parsed.root.find("skillUsage");
  if (given == nullptr) return usage;
  const std::int64_t at = std::max<std::int64_t>(now, 0) * 1000;
  for (std::size_t i = 0; given->is_entry(i); ++i) {
    constexpr std::int64_t most_uses = 1'000'000'000;
    const auto uses = std::clamp<std::int64_t>(number_in(given->value(i), "usageCount"), 0, most_uses);
    const std::int64_t last = std::clamp<std::int64_t>(number_in(given->value(i), "lastUsedAt"), 0, at);
    const std::uint64_t weight = weight_after(at - last);
    usage.scores_[given->key(i).text] = static_cast<std::uint64_t>(uses) * weight;
  }
  return usage;
}

std::uint64_t SkillUsage::score(std::string_view skill) const noexcept {
  const auto found = scores_.find(skill);
  return found == scores_.end() ? 0 : found->second;
}

}  // namespace cascade::client
