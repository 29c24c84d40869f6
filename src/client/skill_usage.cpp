#include "client/skill_usage.h"

#include "files/paths.h"
#include "syntax/json.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace cascade::client {
namespace {

constexpr std::uint64_t max_bytes = 16 << 20;
constexpr syntax::NodeLimits limits{.bytes = max_bytes, .depth = 32, .nodes = 200'000, .alias_nodes = 0};

double number_in(const syntax::Node& object, std::string_view key) {
  const syntax::Node* node = object.find(key);
  double value = 0;
  if (node != nullptr) std::from_chars(node->text.data(), node->text.data() + node->text.size(), value);
  return value;
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
  for (std::size_t i = 0; given->is_entry(i); ++i) {
    constexpr double week = 7.0 * 24 * 3600, least = 0.1, scale = 1e6, most_uses = 1e9;
    const double age = static_cast<double>(now) - number_in(given->value(i), "lastUsedAt") / 1000;
    const double uses = std::clamp(number_in(given->value(i), "usageCount"), 0.0, most_uses);
    const double weight = std::clamp(std::exp2(-age / week), least, 1.0);
    usage.scores_[given->key(i).text] = static_cast<std::uint64_t>(uses * weight * scale);
  }
  return usage;
}

std::uint64_t SkillUsage::score(std::string_view skill) const noexcept {
  const auto found = scores_.find(skill);
  return found == scores_.end() ? 0 : found->second;
}

}  // namespace cascade::client
