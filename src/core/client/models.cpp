#include "client/models.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>

#include "client/facts/claude_code.h"
#include "syntax/json.h"
#include "text/ascii.h"

namespace cascade::client {
namespace {

namespace facts = claude_code_facts;

constexpr Span<std::string_view> efforts = values_of(facts::values, "effort");
static_assert(std::size(facts::families) == static_cast<std::size_t>(Family::fable) + 1);

bool has_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    const bool begins = at == 0 || !letters::is_letter(text[at - 1]);
    if (begins && (end == text.size() || !letters::is_letter(text[end]))) return true;
  }
  return false;
}

// In thousandths of a dollar per million tokens. Writing to the cache costs 1.25 times the input, twice for one hour.
constexpr Rates rates(std::uint64_t input, std::uint64_t output, std::uint64_t cache_read) {
  return {input * 1'000, output * 1'000, input * 1'250, input * 2'000, cache_read * 1'000};
}

constexpr Price price_of(const ModelPrice& row) {
  const Rates usual = rates(row.input, row.output, row.cache_read);
  return {row.name, usual, row.long_input == 0 ? usual : rates(row.long_input, row.long_output, row.long_cache_read)};
}

constexpr auto prices = [] {
  std::array<Price, std::size(facts::models)> all;
  std::ranges::transform(facts::models, all.begin(), price_of);
  return all;
}();

// "-20251101", "@20251101", "-v1:0", "[1m]" name the same model; "-9" would be another one.
bool is_rest(std::string_view rest) {
  if (rest.empty() || rest.front() == '[' || rest.front() == ':' || rest.substr(0, 2) == "-v") return true;
  if (rest.front() != '-' && rest.front() != '@') return false;
  constexpr std::size_t date = 8;
  return rest.size() > date &&
         std::all_of(rest.begin() + 1, rest.begin() + 1 + date, [](char c) { return letters::is_digit(c); }) &&
         is_rest(rest.substr(1 + date));
}

// A variable of the client, or a key of its settings, and what gives it.
struct Given {
  std::string text, from;
};

class Choices {
 public:
  Choices(const std::vector<SettingsFile>& files, const std::function<std::string(const std::string& name)>& variable)
      : files_(files), variable_(variable) {
    for (const SettingsFile& file : files) parsed_.push_back(syntax::parse_json(file.text));
  }

  Given key(std::string_view name, std::string_view below = {}) const {
    for (std::size_t i = 0; i < files_.size(); ++i) {
      const syntax::Node* map = below.empty() ? &parsed_[i].root : parsed_[i].root.find(below);
      const syntax::Node* value = map == nullptr ? nullptr : map->find(name);
      if (value != nullptr && value->kind != syntax::NodeKind::map && !value->text.empty())
        return {value->text, std::string(name) + " in " + files_[i].path};
    }
    return {};
  }

  Given variable(const std::string& name) const {
    Given given = key(name, "env");
    if (given.text.empty()) given = {variable_(name), name};
    return given;
  }

 private:
  const std::vector<SettingsFile>& files_;
  const std::function<std::string(const std::string& name)>& variable_;
  std::vector<syntax::Parsed> parsed_;
};

constexpr int numbers = 3;

// Takes the next number and the sign after it off the front.
std::optional<std::uint64_t> take_number(std::string_view& version) noexcept {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(version.data(), version.data() + version.size(), number);
  if (error != std::errc()) return std::nullopt;
  version.remove_prefix(std::min(version.size(), static_cast<std::size_t>(end - version.data()) + 1));
  return number;
}

}  // namespace

Span<std::string_view> family_names() noexcept { return all_of(facts::families); }
Span<std::string_view> effort_names() noexcept { return efforts; }

std::string_view to_string(Family family) noexcept { return facts::families[static_cast<std::size_t>(family)]; }

std::optional<Family> find_family(std::string_view name) noexcept {
  const auto* const found = std::ranges::find(facts::families, name);
  if (found == std::end(facts::families)) return std::nullopt;
  return static_cast<Family>(found - std::begin(facts::families));
}

std::optional<Family> family_of(std::string_view model) noexcept {
  if (has_word(model, "mythos")) return Family::fable;  // priced like fable
  for (std::size_t i = 0; i < std::size(facts::families); ++i)
    if (has_word(model, facts::families[i])) return static_cast<Family>(i);
  return std::nullopt;
}

std::optional<std::uint32_t> effort_rank(std::string_view name) noexcept {
  const auto* const found = std::ranges::find(efforts, name);
  if (found == efforts.end()) return std::nullopt;
  return static_cast<std::uint32_t>(found - efforts.begin());
}

bool is_model(std::string_view model, std::string_view name) noexcept {
  const std::size_t at = name.empty() ? std::string_view::npos : model.find(name);
  if (at == std::string_view::npos || (at > 0 && model[at - 1] != '.' && model[at - 1] != '/')) return false;
  return is_rest(model.substr(at + name.size()));
}

const Price* find_price(std::string_view model) noexcept {
  const auto* const found =
      std::ranges::find_if(prices, [&](const Price& price) { return is_model(model, price.model); });
  return found == std::end(prices) ? nullptr : found;
}

ChosenModel chosen_model(const std::vector<SettingsFile>& files,
                         const std::function<std::string(const std::string& name)>& variable) {
  const Choices choices(files, variable);
  Given given = choices.variable("ANTHROPIC_MODEL");
  if (given.text.empty()) given = choices.key("model");
  if (given.text.empty()) given = choices.variable("ANTHROPIC_DEFAULT_MODEL");
  if (given.text.empty()) given.from.clear();
  std::string_view alias = given.text;
  const bool is_long = alias.ends_with(long_window);
  if (is_long) alias.remove_suffix(long_window.size());
  if (const auto family = find_family(alias)) {
    std::string name = "ANTHROPIC_DEFAULT_";
    for (const char c : to_string(*family)) name += letters::to_upper(c);
    if (const Given named = choices.variable(name + "_MODEL"); !named.text.empty()) {
      given.from += ", " + named.from;
      given.text = named.text + (is_long && !named.text.ends_with(long_window) ? std::string(long_window) : "");
    }
  }
  const Given off = choices.variable("CLAUDE_CODE_DISABLE_1M_CONTEXT");
  const bool is_off = !off.text.empty() && off.text != "0" && off.text != "false";
  return {given.text, given.from, is_off ? off.from : std::string()};
}

bool is_before(std::string_view version, std::string_view other) noexcept {
  for (int i = 0; i < numbers; ++i) {
    const auto a = take_number(version), b = take_number(other);
    if (!a || !b) return false;
    if (*a != *b) return *a < *b;
  }
  return false;
}

}  // namespace cascade::client
