// The text for a model: the sections chosen under a hard budget, the sections left out, and what those would cost.
#ifndef CASCADE_BUNDLE_H
#define CASCADE_BUNDLE_H

#include <cascade/budget.h>
#include <cascade/registry.h>
#include <cascade/resolve.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace cascade CASCADE_EXPORT {

// Why a section is not in a bundle: there is no room, its text is already there under another manifest, or the
// conversation holds it.
enum class OmittedFor : std::uint8_t { budget, duplicate, already_loaded };
std::string_view to_string(OmittedFor reason) noexcept;

// A part of a bundle's text.
struct Piece {
  ManifestId id{};
  // The index for Registry::section(). 0 for a card.
  std::uint32_t section = 0;
  Form form = Form::section;
  // See Section::content_hash.
  std::uint64_t content_hash = 0;
  // In micro-units (docs/packing.md).
  std::uint64_t value = 0;
  // Exactly what is emitted, including separators and wrapper: the texts of all pieces, concatenated, are the bundle's
  // text.
  std::string text;
  Cost cost;
};

// A text from elsewhere that competes with the sections for the budget, such as a remembered fact. Only the packer
// looks at it; it is emitted unchanged, after the sections, under its heading.
struct Quote {
  // Its name in `why` and in the ledger: "memory:m1a2b3c4".
  std::string name;
  // `heading`: one or more lines above the first chosen quote with this heading. Both end with a line feed and begin
  // with none.
  std::string heading, text;
  std::uint64_t content_hash = 0;
  // In micro-units.
  std::uint64_t value = 0;
};

// A quote that competed, with its cost and how much more budget would have brought it in; zero if it is in.
struct QuotedPiece {
  std::string name, text;
  std::uint64_t content_hash = 0, value = 0;
  Cost cost, shortfall;
};

// The whole text of a bundle: its pieces in order, then its quotes.
struct Bundle;
std::string text(const Bundle& bundle);

// A section, or a shorter form of it, that was left out.
struct Omission {
  ManifestId id{};
  std::uint32_t section = 0;
  Form form = Form::section;
  OmittedFor reason = OmittedFor::budget;
  // In micro-units.
  std::uint64_t value = 0;
  Cost cost;
  // How much more budget, in each dimension, would make room for it next to the chosen sections. For the manifest in
  // BundleRequest::priced: how much more budget brings it in; zero if no budget does.
  Cost shortfall;
};

// The first section that a larger budget brings in when the choice is made again.
struct NextIn {
  ManifestId id{};
  std::uint32_t section = 0;
  Form form = Form::section;
  // How much larger the budget must be.
  Cost more;
};

// A file that a root skill's text links to.
struct LinkedFile {
  // The skill.
  ManifestId of{};
  // The path as the skill writes it, relative to its folder.
  std::string path;
  // The cost of the file as it is emitted, including its head.
  Cost cost;
  // The file is in the bundle.
  bool packed = false;
};

struct Bundle {
  // ok, or the reason why there is no bundle; `pieces` is then empty.
  PackingStatus status = PackingStatus::ok;
  // By layer, scope's name, symbol and section, as docs/bundle.md describes. Omissions have the same order.
  std::vector<Piece> pieces;
  std::vector<Omission> omissions;
  // The files that the root skills link to, by skill and in the order of its text.
  std::vector<LinkedFile> files;
  // The request's quotes that were chosen, with the headings in their texts, and those that were not.
  std::vector<QuotedPiece> quotes, left_quotes;
  // The tools of the agents and commands that are in the bundle in full.
  std::vector<ToolName> tools;
  // The cost of the finished text. It never exceeds the budget in either dimension.
  Cost cost;
  // For status infeasible: the smallest budget that would do.
  Cost min_budget;
  // As in the request.
  Budget budget;
  // With BundleRequest::within: the bundle contains only what the larger bundle contains, marks aside. With
  // BundleRequest::containing: it contains everything that the smaller one contains.
  bool nested = false;
  // How close the choice is to the best one.
  Certificate certificate;
  // For status conflict: the manifests that exclude each other.
  std::vector<Symbol> clash;
  // Set if the request has a priced manifest and the budget keeps something out.
  std::optional<NextIn> next;
};

// With BundleRequest::fills: the least value of a section, in micro-units per token, that lets it take spare room.
// docs/bundle.md explains how sections are valued.
constexpr std::uint64_t least_worth = 1'000;

// A linked file that can be listed or packed. `wanted`: it must be in (required), it may replace its line in the list
// (named), or it is only listed.
struct FileOffer {
  enum class Wanted : std::uint8_t { listed, named, required };
  ManifestId of{};
  std::string path;
  // The file's bytes.
  std::string text;
  Wanted wanted = Wanted::listed;
};

struct BundleRequest {
  // The manifests to choose from.
  Resolution resolution;
  // The value in the Request that gave the resolution.
  Strength follow = Strength::invoked;
  // Unlimited unless set.
  Budget budget;
  PackingLimits limits{20'000, 0, 200};  // nodes, gap_ppm, tie_nodes
  // Content hashes that the conversation holds. They are left out and cost nothing.
  std::vector<std::uint64_t> already_loaded;
  // Content hashes of the last bundle. They count as worth one per cent more, so that small changes do not reshuffle
  // the text. Certificate::stability_cost is the price of that.
  std::vector<std::uint64_t> previous;
  // Content hashes of a larger bundle. The answer contains nothing else if that costs at most `most_lost_ppm` of the
  // value; see Bundle::nested. Empty: anything may be in.
  std::vector<std::uint64_t> within;
  // Content hashes of a smaller bundle. The answer contains all of them, or longer forms of them, under the same
  // condition. Must not be combined with `within`.
  std::vector<std::uint64_t> containing;
  std::uint32_t most_lost_ppm = 50'000;  // of the value; if more would be lost, the free choice is given
  // Allows shorter forms of sections. False: a section is whole or absent.
  bool shortens = true;
  // The manifest whose omissions get their true price, which takes another packing.
  std::optional<ManifestId> priced;
  // Counts the finished text. False adds up the pieces' costs, which gives the same result in less time
  // (docs/bundle.md); REQUIRES that the registry was counted with the same counter.
  bool recount = true;
  // Fills spare room. The roots in full and cards of what they name are kept; of everything else in the resolution,
  // only sections worth at least `least_worth` per token compete.
  bool fills = false;
  // Files that the roots link to.
  std::vector<FileOffer> files;
  // Texts from elsewhere. Those with one heading must be adjacent.
  std::vector<Quote> quotes;
  // How relevant a section is: 0 to 1000. Empty: all are equally relevant.
  std::function<std::uint32_t(ManifestId id, std::uint32_t section)> relevance;
  // The absolute folder of a manifest, which replaces ${CLAUDE_SKILL_DIR} in a skill's text. Empty: the text stays
  // unchanged.
  std::function<std::string(ManifestId id)> folder;
  // Whether a manifest that is not in the bundle but named in its text gets a line with its name. Empty: all do.
  std::function<bool(ManifestId id)> listed;
};

// How a prompt's answer is packed, by the hook, `bundle --prompt`, MCP and the C interface, since somebody waits for
// it: the first selection within two hundredths of its bound, which mostly takes less work than routing, or the best
// one after some ten milliseconds; with half of that, one prompt in a hundred lost more. Names are packed with proof.
// What has a previous bundle is packed without the gap, since a text that was sent before weighs less.
inline PackingLimits first_good(const BundleRequest& request) {
  return {80, request.previous.empty() ? 20'000U : 0U, 200, 300'000};  // nodes, gap_ppm, tie_nodes, looks
}

// Chooses sections, reads them and joins them. A budget that is too small is an answer, not an error: status
// infeasible. Errors are those of `read`.
Result<Bundle> assemble(const Registry& registry, const BundleRequest& request, const TokenCounter& counter,
                        const ReadSection& read);

}  // namespace cascade

#endif  // CASCADE_BUNDLE_H
