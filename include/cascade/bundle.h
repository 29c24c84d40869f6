// The text that a model is given: the chosen sections under a hard budget, what was left out, and what it would cost.
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

// Why a section is not in a bundle: no room, its text is there under another manifest, the conversation holds it.
enum class OmittedFor : std::uint8_t { budget, duplicate, already_loaded };
std::string_view to_string(OmittedFor reason) noexcept;

// A part of a bundle's text.
struct Piece {
  ManifestId id{};
  // As in Registry::section(). 0 for a card.
  std::uint32_t section = 0;
  Form form = Form::section;
  // As in Section.
  std::uint64_t content_hash = 0;
  // In micro-units (docs/packing.md).
  std::uint64_t value = 0;
  // Exactly what is emitted, with separators and wrapper: the bundle's text is its pieces' texts, one after the other.
  std::string text;
  Cost cost;
};

// A text from elsewhere that competes with the sections for the budget, such as a remembered fact. It is read by nobody
// but the packer and emitted as it is, behind the sections, under its heading.
struct Quote {
  // As `why` and the ledger call it: "memory:m1a2b3c4".
  std::string name;
  // A line or more above the first chosen quote of this heading; both end with a line feed and begin with none.
  std::string heading, text;
  std::uint64_t content_hash = 0;
  // In micro-units.
  std::uint64_t value = 0;
};

// A quote that competed: with its cost, and how much more budget would have brought it in; zero where it is in.
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
  // How much more budget, in each dimension, would have made room for it next to what was chosen. For the manifest that
  // the request wants priced: how much more budget brings it in; zero if no budget does.
  Cost shortfall;
};

// The first section that a larger budget brings in, if the choice is made anew.
struct NextIn {
  ManifestId id{};
  std::uint32_t section = 0;
  Form form = Form::section;
  // How much larger the budget must be.
  Cost more;
};

// A file that the text of a root skill links to.
struct LinkedFile {
  // The skill.
  ManifestId of{};
  // As the skill writes it, relative to its folder.
  std::string path;
  // Of the file as it is emitted, its head included.
  Cost cost;
  // The file is in the bundle.
  bool packed = false;
};

struct Bundle {
  // ok, or why there is no bundle; then `pieces` is empty.
  PackingStatus status = PackingStatus::ok;
  // By layer, scope's name, symbol and section, as docs/bundle.md describes. Omissions have the same order.
  std::vector<Piece> pieces;
  std::vector<Omission> omissions;
  // What the root skills link to, by skill and in the order of its text.
  std::vector<LinkedFile> files;
  // Of the request's quotes those that were chosen, with the headings in their texts, and those that were not.
  std::vector<QuotedPiece> quotes, left_quotes;
  // The tools of the agents and commands that are in the bundle in full.
  std::vector<ToolName> tools;
  // Of the finished text. It never exceeds the budget in either dimension.
  Cost cost;
  // For status infeasible: the least budget that would do.
  Cost min_budget;
  // As in the request.
  Budget budget;
  // With BundleRequest::within: there is nothing in it that the larger bundle does not have, marks aside. With
  // BundleRequest::containing: it has all that the smaller one has.
  bool nested = false;
  // How close the choice is to the best one.
  Certificate certificate;
  // For status conflict: the manifests that exclude each other.
  std::vector<Symbol> clash;
  // Set if the request wants something priced and the budget keeps something out.
  std::optional<NextIn> next;
};

// With BundleRequest::fills: what a section has to be worth, in micro-units for each token, to be taken for the room
// that is left. docs/bundle.md says what is worth how much.
constexpr std::uint64_t least_worth = 1'000;

// A linked file that can be listed or packed. `wanted`: it has to be in (required), it may come in place of its line
// in the list (named), or it is only listed.
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
  // As in the Request that gave the resolution.
  Strength follow = Strength::invoked;
  // Unlimited, unless set.
  Budget budget;
  PackingLimits limits{20'000, 0, 200};
  // Content hashes that the conversation holds. They are left out and cost nothing.
  std::vector<std::uint64_t> already_loaded;
  // Content hashes of the last bundle. They count as worth one per cent more, so that small changes do not reshuffle
  // the text; Certificate::stability_cost says what that costs.
  std::vector<std::uint64_t> previous;
  // Content hashes of a larger bundle. The answer has nothing else where that costs at most `most_lost_ppm` of the
  // value: Bundle::nested. Empty: anything may be in.
  std::vector<std::uint64_t> within;
  // Content hashes of a smaller bundle. The answer has all of them, or longer forms of these, under the same condition.
  // Not together with `within`.
  std::vector<std::uint64_t> containing;
  std::uint32_t most_lost_ppm = 50'000;
  // Shorter forms may stand for sections. False: sections come whole or not at all.
  bool shortens = true;
  // The manifest whose omissions get their true price, by packing again.
  std::optional<ManifestId> priced;
  // Counts the finished text. False adds up the pieces' costs, which gives the same in less time (docs/bundle.md);
  // REQUIRES that the registry was counted by the counter that is given.
  bool recount = true;
  // Fills the room that is left. What is asked for (the roots in full, and cards of what they name) is kept; of
  // everything else in the resolution only sections compete that are worth at least `least_worth` a token.
  bool fills = false;
  // Files that the roots link to.
  std::vector<FileOffer> files;
  // Texts from elsewhere, those of one heading side by side.
  std::vector<Quote> quotes;
  // How relevant a section is: 0 to 1000. Empty: all are equally relevant.
  std::function<std::uint32_t(ManifestId id, std::uint32_t section)> relevance;
  // The absolute folder of a manifest, which replaces ${CLAUDE_SKILL_DIR} in a skill's text. Empty: the text stays.
  std::function<std::string(ManifestId id)> folder;
  // Whether a manifest that is not here but that the text names gets a line with its name. Empty: every one does.
  std::function<bool(ManifestId id)> listed;
};

// Chooses sections, reads them and puts the text together. A budget that is too small is an answer: status infeasible.
// Errors are those of `read`.
Result<Bundle> assemble(const Registry& registry, const BundleRequest& request, const TokenCounter& counter,
                        const ReadSection& read);

}  // namespace cascade

#endif  // CASCADE_BUNDLE_H
