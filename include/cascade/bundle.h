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
  std::uint32_t section = 0;  // the index for Registry::section(); 0 for a card
  Form form = Form::section;
  std::uint64_t content_hash = 0;  // see Section::content_hash
  std::uint64_t value = 0;         // in micro-units (docs/packing.md)
  std::string text;  // exactly what is emitted, separators and wrapper included: together they are the bundle's text
  Cost cost;
};

// A text from elsewhere, such as a remembered fact, that competes with the sections for the budget. It is emitted
// unchanged, after the sections, under its heading.
struct Quote {
  std::string name;  // its name in `why` and in the ledger: "memory:m1a2b3c4"
  // `heading`: one or more lines above the first chosen quote with this heading. Both end with a line feed and begin
  // with none.
  std::string heading, text;
  std::uint64_t content_hash = 0;
  std::uint64_t value = 0;  // in micro-units
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
  std::uint64_t value = 0;  // in micro-units
  Cost cost;
  // How much more budget would make room for it next to the chosen sections; for the manifest in BundleRequest::priced,
  // how much more brings it in, zero if no budget does.
  Cost shortfall;
};

// The first section that a larger budget brings in when the choice is made again.
struct NextIn {
  ManifestId id{};
  std::uint32_t section = 0;
  Form form = Form::section;
  Cost more;  // how much larger the budget must be
};

// A file that a root skill's text links to.
struct LinkedFile {
  ManifestId of{};      // the skill
  std::string path;     // the path as the skill writes it, relative to its folder
  Cost cost;            // the cost of the file as it is emitted, including its head
  bool packed = false;  // the file is in the bundle
};

struct Bundle {
  PackingStatus status = PackingStatus::ok;  // ok, or the reason why there is no bundle; `pieces` is then empty
  // By layer, scope's name, symbol and section, as docs/bundle.md describes. Omissions have the same order.
  std::vector<Piece> pieces;
  std::vector<Omission> omissions;
  std::vector<LinkedFile> files;  // the files that the root skills link to, by skill and in the order of its text
  // The request's quotes that were chosen, with the headings in their texts, and those that were not.
  std::vector<QuotedPiece> quotes, left_quotes;
  std::vector<ToolName> tools;  // the tools of the agents and commands that are in the bundle in full
  Cost cost;                    // the cost of the finished text; it never exceeds the budget in either dimension
  Cost min_budget;              // for status infeasible: the smallest budget that would do
  Budget budget;                // as in the request
  bool nested =
      false;  // it is, marks aside, within the bundle of BundleRequest::within, or contains that of containing
  Certificate certificate;     // how close the choice is to the best one
  std::vector<Symbol> clash;   // for status conflict: the manifests that exclude each other
  std::optional<NextIn> next;  // set if the request has a priced manifest and the budget keeps something out
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
  std::string text;  // the file's bytes
  Wanted wanted = Wanted::listed;
};

struct BundleRequest {
  Resolution resolution;                      // the manifests to choose from
  Strength follow = Strength::invoked;        // the value in the Request that gave the resolution
  Budget budget;                              // unlimited unless set
  PackingLimits limits{20'000, 0, 200};       // nodes, gap_ppm, tie_nodes
  std::vector<std::uint64_t> already_loaded;  // content hashes that the conversation holds: left out, and free
  // Content hashes of the last bundle: worth one per cent more, so that small changes do not reshuffle the text
  // (Certificate::stability_cost).
  std::vector<std::uint64_t> previous;
  // Content hashes of a larger bundle: nothing else is in the answer if that costs at most `most_lost_ppm` of the
  // value.
  std::vector<std::uint64_t> within;
  // Those of a smaller bundle: all of them, or longer forms, are in it under the same condition. Not with `within`.
  std::vector<std::uint64_t> containing;
  std::uint32_t most_lost_ppm = 50'000;  // of the value; if more would be lost, the free choice is given
  bool shortens = true;                  // allows shorter forms of sections; false: a section is whole or absent
  std::optional<ManifestId> priced;  // the manifest whose omissions get their true price, which takes another packing
  // Counts the finished text. False adds up the pieces' costs, the same in less time (docs/bundle.md); REQUIRES that
  // the registry was counted with the same counter.
  bool recount = true;
  // Fills spare room: beside the roots in full and cards of what they name, only sections worth at least `least_worth`
  // per token compete.
  bool fills = false;
  std::vector<FileOffer> files;  // files that the roots link to
  std::vector<Quote> quotes;     // texts from elsewhere; those with one heading must be adjacent
  // 0 to 1000. Empty: all are equally relevant.
  std::function<std::uint32_t(ManifestId id, std::uint32_t section)> relevance;
  // The absolute folder that replaces ${CLAUDE_SKILL_DIR} in a skill's text. Empty: the text stays unchanged.
  std::function<std::string(ManifestId id)> folder;
  std::function<bool(ManifestId id)> listed;  // whether what is only named in the text gets a line; empty: all do
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
