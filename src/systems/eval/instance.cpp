// Reads a packing instance (docs/formats/packing-instance.md). Groups are numbered by layer, scope and id before
// anything is read into them, because a manifest may name one that comes later in the file, and because the packer
// breaks ties by these numbers.
#include "eval/instance.h"

#include <cascade/tokens.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "syntax/put.h"

namespace cascade::instance {
namespace {

using syntax::Node, syntax::NodeKind;

constexpr std::uint64_t most_value = std::uint64_t{1} << 53;  // pack() refuses sums from here on

// The first fault ends the reading; every read after it does nothing.
class InstanceReader {
 public:
  explicit InstanceReader(std::string_view path) : path_(path) {}

  Result<Instance> read(const Node& root) {
    if (text(root, "schema", true) != "cascade-packing/1") fail(root, "the schema is not cascade-packing/1");
    instance_.id = text(root, "id", true);
    read_slots(root);
    read_budget(root);
    number_manifests(root);
    for (std::size_t g = 0; g < order_.size() && !error_; ++g) read_manifest(*order_[g].node);
    instance_.problem.roots = names(root, "roots");
    if (error_) return *error_;
    return std::move(instance_);
  }

 private:
  // A manifest as it is listed, before its number is known.
  struct Listed {
    std::int64_t layer;
    std::string scope, id;
    const Node* node;
  };

  void fail(const Node& at, std::string message) {
    if (error_) return;
    const std::string place = path_ + ':' + std::to_string(at.at.line) + ':' + std::to_string(at.at.column);
    error_ = Error{ErrorCode::malformed, std::move(message), place, {}};
  }

  // Null without a fault: the member is absent or null, and need not be there.
  const Node* member(const Node& map, std::string_view key, NodeKind kind, bool required) {
    const Node* node = map.kind == NodeKind::map ? map.find(key) : nullptr;
    if (map.kind != NodeKind::map) fail(map, "this is not an object");
    if (node == nullptr || (node->kind == NodeKind::null && !required)) {
      if (required) fail(map, "'" + std::string(key) + "' is missing");
      return nullptr;
    }
    if (node->kind == kind) return node;
    fail(*node, "'" + std::string(key) + "' is of the wrong kind");
    return nullptr;
  }

  std::string text(const Node& map, std::string_view key, bool required) {
    const Node* node = member(map, key, NodeKind::string, required);
    return node != nullptr ? node->text : std::string();
  }

  // A number above `most` becomes `most`; pack() then refuses sums that are too large.
  std::uint64_t natural(const Node& node, std::uint64_t most) {
    std::uint64_t number = 0;
    const char* end = node.text.data() + node.text.size();
    const auto [stop, status] = std::from_chars(node.text.data(), end, number);
    if (node.kind != NodeKind::number || stop != end || status == std::errc::invalid_argument) {
      fail(node, "a whole number from 0 on is expected");
      return 0;
    }
    return status == std::errc::result_out_of_range ? most : std::min(number, most);
  }

  std::uint64_t natural(const Node& map, std::string_view key, std::uint64_t most) {
    const Node* node = member(map, key, NodeKind::number, true);
    return node != nullptr ? natural(*node, most) : 0;
  }

  // A limit: null or absent means none.
  std::uint32_t limit(const Node& map, std::string_view key) {
    const Node* node = member(map, key, NodeKind::number, false);
    return node != nullptr ? static_cast<std::uint32_t>(natural(*node, unlimited)) : unlimited;
  }

  template <typename Each>
  void each(const Node& map, std::string_view key, bool required, Each&& visit) {
    const Node* list = member(map, key, NodeKind::list, required);
    if (list == nullptr) return;
    for (const Node& item : list->items)
      if (!error_) visit(item);
  }

  void read_slots(const Node& root) {
    const Node* slots = member(root, "slots", NodeKind::map, false);
    if (slots == nullptr) return;
    has_slots_ = true;
    const std::string placement = text(*slots, "placement", true);
    if (placement != "fixed" && placement != "ordered") fail(*slots, "the placement is neither fixed nor ordered");
    instance_.problem.placement = placement == "ordered" ? Placement::ordered : Placement::fixed;
    each(*slots, "caps", true, [&](const Node& cap) {
      instance_.slots.push_back(text(cap, "id", true));
      instance_.problem.slot_chars.push_back(static_cast<std::uint32_t>(natural(cap, "chars", unlimited)));
    });
  }

  void read_budget(const Node& root) {
    const Node* budget = member(root, "budget", NodeKind::map, true);
    if (budget == nullptr) return;
    instance_.problem.budget.limit = {limit(*budget, "tokens"), limit(*budget, "chars")};
  }

  void number_manifests(const Node& root) {
    each(root, "manifests", true, [&](const Node& manifest) {
      std::int64_t layer = 0;
      if (const Node* node = member(manifest, "layer", NodeKind::number, true)) {
        const char* end = node->text.data() + node->text.size();
        const auto [stop, status] = std::from_chars(node->text.data(), end, layer);
        if (stop != end || status != std::errc()) fail(*node, "the layer is not a whole number");
      }
      order_.push_back({layer, text(manifest, "scope", true), text(manifest, "id", true), &manifest});
    });
    std::ranges::sort(order_, [](const Listed& a, const Listed& b) {
      return std::tie(a.layer, a.scope, a.id) < std::tie(b.layer, b.scope, b.id);
    });
    for (std::size_t g = 0; g < order_.size(); ++g) {
      if (!group_of_.emplace(order_[g].id, static_cast<std::uint32_t>(g)).second)
        fail(*order_[g].node, "two manifests have the id " + order_[g].id);
    }
  }

  std::uint32_t group(const Node& name) {
    const auto found = group_of_.find(name.text);
    if (name.kind == NodeKind::string && found != group_of_.end()) return found->second;
    fail(name, "there is no manifest " + name.text);
    return 0;
  }

  // The groups that a list of ids names; an absent list names none.
  std::vector<std::uint32_t> names(const Node& map, std::string_view key) {
    std::vector<std::uint32_t> groups;
    each(map, key, false, [&](const Node& name) { groups.push_back(group(name)); });
    return groups;
  }

  void read_manifest(const Node& manifest) {
    PackingGroup made;
    made.refs = names(manifest, "refs");
    made.conflicts = names(manifest, "conflicts");
    if (const Node* needs = member(manifest, "requires", NodeKind::map, false)) {
      made.requires_all = names(*needs, "all");
      each(*needs, "any", false, [&](const Node& any) {
        if (any.kind != NodeKind::list) return fail(any, "a list of manifests is expected");
        made.requires_any.emplace_back();
        for (const Node& name : any.items) made.requires_any.back().push_back(group(name));
      });
    }
    instance_.sections.emplace_back();
    each(manifest, "sections", true, [&](const Node& section) { made.items.push_back(read_section(section)); });
    if (made.items.empty()) fail(manifest, "a manifest without sections");
    instance_.manifests.push_back(text(manifest, "id", true));
    instance_.problem.groups.push_back(std::move(made));
  }

  PackingItem read_section(const Node& section) {
    PackingItem item;
    const std::string id = text(section, "id", true);
    if (!section_ids_.emplace(id, 0).second) fail(section, "two sections have the id " + id);
    instance_.sections.back().push_back(id);
    item.value = natural(section, "value", most_value);
    item.cost.tokens = static_cast<TokenCount>(natural(section, "tokens", unlimited));
    item.cost.chars = static_cast<std::uint32_t>(natural(section, "chars", unlimited));
    const std::string hash = text(section, "hash", false);
    // Equal hashes are one text; 0 is left for texts of their own.
    if (!hash.empty()) item.content = contents_.emplace(hash, contents_.size() + 1).first->second;
    if (const Node* pinned = member(section, "pinned", NodeKind::boolean, false)) item.pinned = pinned->text == "true";
    const std::string slot = text(section, "slot", false);
    // With ordered slots the packer decides where a section goes, whatever the file says.
    if (has_slots_ && instance_.problem.placement == Placement::fixed && !slot.empty())
      item.slot = find_slot(section, slot);
    return item;
  }

  std::uint32_t find_slot(const Node& section, const std::string& slot) {
    const auto found = std::ranges::find(instance_.slots, slot);
    if (found == instance_.slots.end()) fail(section, "there is no slot " + slot);
    return error_ ? unlimited : static_cast<std::uint32_t>(found - instance_.slots.begin());
  }

  std::string path_;
  Instance instance_;
  std::optional<Error> error_;
  bool has_slots_ = false;
  std::vector<Listed> order_;
  std::map<std::string, std::uint32_t> group_of_;
  std::map<std::string, std::uint64_t> contents_, section_ids_;
};

// One line of JSON (docs/formats/packing-instance.md). The status decides which members follow: a selection with its
// proof, the least budget that would do, or the manifests that exclude each other. So a checker never meets a number
// that means nothing.
// For status ok: the sections by their ids, their sums, and the proof.
void write_answer(syntax::JsonWriter& json, const Instance& instance, const Packing& packing) {
  json.key("selected").array(packing.selected, [&](const PackedItem& at) {
    json.string(instance.sections[at.group][at.item]);
  });
  const Certificate& certificate = packing.certificate;
  put(json, "value", certificate.value, "tokens", packing.cost.tokens, "chars", packing.cost.chars, "upper_bound",
      certificate.upper_bound, "gap_ppm", certificate.gap_ppm, "proof", to_string(certificate.proof), "nodes",
      certificate.nodes);
}

// For status infeasible: the least budget that would do, and what the mandatory part needs in each slot.
void write_least(syntax::JsonWriter& json, const Instance& instance, const Packing& packing) {
  put_object(json, "min_budget", "tokens", packing.min_budget.tokens, "chars", packing.min_budget.chars);
  if (instance.slots.empty()) return;
  json.key("min_slots").begin_array();
  for (std::size_t s = 0; s < instance.slots.size(); ++s) {
    put(json.begin_object(), "id", instance.slots[s], "chars", packing.min_slot_chars[s]).end_object();
  }
  json.end_array();
}

}  // namespace

Result<Instance> read_instance(std::string_view json, std::string_view path) {
  syntax::NodeLimits limits;
  limits.bytes = std::size_t{256} << 20;
  limits.nodes = 50'000'000;
  const syntax::Parsed parsed = syntax::parse_json(json, limits);
  if (!parsed.complete) {
    const syntax::Fault& fault = parsed.faults.front();
    const std::string place =
        std::string(path) + ':' + std::to_string(fault.at.line) + ':' + std::to_string(fault.at.column);
    return Error{ErrorCode::malformed, fault.message, place, {}};
  }
  return InstanceReader(path).read(parsed.root);
}

std::string write_solution(const Instance& instance, const Packing& packing) {
  syntax::JsonWriter json(syntax::JsonWriter::Style::compact);
  put(json.begin_object(), "instance", instance.id, "status", to_string(packing.status));
  if (packing.status == PackingStatus::ok) write_answer(json, instance, packing);
  if (packing.status == PackingStatus::infeasible) write_least(json, instance, packing);
  if (packing.status == PackingStatus::conflict) {
    json.key("clash").array(packing.clash, [&](std::uint32_t group) { json.string(instance.manifests[group]); });
  }
  json.end_object();
  return json.take() + '\n';
}

}  // namespace cascade::instance
