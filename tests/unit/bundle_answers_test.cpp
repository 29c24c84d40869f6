// The record: which pieces a bundle has, what it leaves out and what that would cost, over a library with all that a
// body may hold (steps, warnings, wrong and right, nested sections, code, texts that two manifests share, names that
// two manifests share), for one budget after another and each thing that a request may say; and over random libraries.
#include <cascade/bundle.h>

#include "hash/content_hash.h"
#include "unit/bundle_random_library.h"
#include "unit/record.h"

namespace cascade {
namespace {

using test::Library;
using test::Random;

using Shape = std::function<void(BundleRequest&)>;

const char* const workshop = R"(
  skill:deploy -> skill:rollback(required) agent:watcher agent:tester(mentioned) command:ship !skill:freeze
  | A release goes to the cluster in three steps, and nobody is surprised by it. Ask `watcher` before you begin.
  |
  | ## When to use
  |
  | A change is merged and its tests are green. Use it for services, never for data.
  |
  | - A hot fix counts as a release.
  | - A change of a flag does not.
  |
  | ## Workflow
  |
  | Have the list of changes at hand.
  |
  | ### Step 1: Build
  |
  | Build the image once and push it with its digest:
  |
  | ```sh
  | make image
  | make push
  | ```
  |
  | ### Step 2: Ship
  |
  | Run `/ship` with the digest. It waits for every pod, one zone after another.
  |
  | > Warning: never ship from a laptop.
  |
  | Look at the error rate while it runs. Stop when it doubles.
  |
  | ### Step 3: Tell
  |
  | Tell the channel what went out and who watches it.
  |
  | ## Verify
  |
  | - [ ] The digest is the one that was built.
  | - [ ] `watcher` saw no error for ten minutes.
  |
  | ## Wrong
  |
  | Ship on a Friday and go home.
  |
  | ## Right
  |
  | Ship in the morning and stay.
  |
  | ## Data loss
  |
  | What was written since cannot be read by the old version.
  |
  | ### Warning
  |
  | Take a copy first, and see that it can be read.
  |
  | ## Shared advice
  |
  | Write down what you did while you do it. A line is enough, but it must say when and why, so that the next one who
  | reads it need not ask. Keep it where the others look for it.
  |
  | ## Examples
  |
  | A release of the cart took nine minutes, of which four were waiting for pods in the second zone.
  |
  | ## References
  |
  | The handbook of the platform has the addresses.
  skill:rollback -> agent:watcher ?tester
  | Goes back to the last version that ran.
  |
  | ## Steps
  |
  | 1. Find the last digest that ran.
  | 2. Ship that digest.
  |    Wait until all pods run.
  | 3. Ask `watcher` and `tester`.
  |
  | ## Shared advice
  |
  | Write down what you did while you do it. A line is enough, but it must say when and why, so that the next one who
  | reads it need not ask. Keep it where the others look for it.
  |
  | ## Why it goes wrong
  |
  | Nobody looks at the digest of the version before the last, and so the wrong one is shipped under pressure.
  |
  | The other way is to take the tag, which may have been moved since; then the pods run what nobody has tested, and
  | the next attempt begins with a search for what was there before.
  |
  | ```sh
  | make digest-of-last
  | make digest-of-the-one-before
  | make compare
  | ```
  |
  | A third way is to wait. It is seldom taken, and it is often right, since the error goes away by itself.
  |
  | ## Report
  |
  | Say which version runs now, and since when.
  agent:watcher +observer -> command:ship(mentioned)
  | You look at the error rate and say one word: go, wait or stop.
  |
  | ## Method
  |
  | 1. Read the rate of the last hour.
  | 2. Compare it with the hour before the release.
  |
  | ## Limits
  |
  | You change nothing.
  agent:tester any=command:ship|command:smoke
  | You run the tests that need a cluster.
  |
  | ## Phase A: small
  |
  | The ones that take a minute.
  |
  | ## Phase B: large
  |
  | The ones that take an hour.
  command:ship
  | Ships $ARGUMENTS.
  |
  | ## Usage
  |
  | One digest, in hexadecimal letters.
  command:smoke
  | Asks each service for its health.
  skill:freeze
  | Nothing is shipped.
  skill:tools/tester
  | Another thing with that name.
)";

std::string cost(const Cost& cost) { return std::to_string(cost.tokens) + "/" + std::to_string(cost.chars); }

// One piece as "deploy#Verify" or "deploy(card)", with what it costs.
std::string pieces(const Library& library, const Bundle& bundle) {
  std::string out;
  for (const Piece& piece : bundle.pieces) {
    const std::string form(to_string(piece.form));
    out += " " + std::string(library.registry()[piece.id].name);
    out += piece.form == Form::section ? "" : "(" + form + ")";
    if (piece.form != Form::card && piece.form != Form::lead && piece.form != Form::name)
      out += "#" + std::string(library.registry().section(piece.id, piece.section).heading);
    out += "=" + std::to_string(piece.cost.tokens);
  }
  return out;
}

std::string omitted(const Library& library, const Bundle& bundle) {
  std::string out;
  for (const Omission& omission : bundle.omissions) {
    out += " " + std::string(library.registry()[omission.id].name) + "#" +
           std::string(library.registry().section(omission.id, omission.section).heading) + "=";
    out += omission.reason == OmittedFor::budget ? "+" + cost(omission.shortfall)
                                                 : std::string(to_string(omission.reason));
  }
  return out;
}

// What of the bundle is neither piece nor omission, where there is any.
std::string rest(const Library& library, const Bundle& bundle) {
  std::string out;
  if (bundle.nested) out += "; nested";
  for (const LinkedFile& file : bundle.files) out += "; file " + file.path + (file.packed ? " in" : " out");
  for (const QuotedPiece& quote : bundle.quotes) out += "; quote " + quote.name + "=" + cost(quote.cost);
  for (const QuotedPiece& quote : bundle.left_quotes) out += "; without " + quote.name + "+" + cost(quote.shortfall);
  if (bundle.next)
    out += "; next " + std::string(library.registry()[bundle.next->id].name) + "#" +
           std::string(library.registry().section(bundle.next->id, bundle.next->section).heading) + "+" +
           cost(bundle.next->more);
  return out;
}

std::string line_of(const Library& library, const Bundle& bundle) {
  if (bundle.status != PackingStatus::ok) {
    std::string out = std::string(to_string(bundle.status)) + " " + cost(bundle.min_budget);
    for (const Symbol& symbol : bundle.clash) out += " " + to_string(symbol);
    return out;
  }
  const Certificate& proof = bundle.certificate;
  return cost(bundle.cost) + " worth " + std::to_string(proof.value) + " of " + std::to_string(proof.upper_bound) +
         " in " + std::to_string(proof.nodes) + ", gap " + std::to_string(proof.gap_ppm) +
         (proof.stability_cost != 0 ? " stable" : "") + ", text " +
         std::to_string(hash::hash_text(text(bundle)) % 1'000'000) + ":" + pieces(library, bundle) +
         "; out:" + omitted(library, bundle) + rest(library, bundle);
}

ManifestId id_of(const Library& library, const char* symbol) {
  return *library.registry().find(*Symbol::parse(symbol));
}

std::vector<std::uint64_t> hashes_of(const Bundle& bundle, std::size_t step = 1) {
  std::vector<std::uint64_t> hashes;
  for (std::size_t i = 0; i < bundle.pieces.size(); i += step) hashes.push_back(bundle.pieces[i].content_hash);
  return hashes;
}

class Record {
 public:
  explicit Record(const Library& library) : library_(library) {}

  Bundle add(const std::string& what, const std::string& roots, std::uint32_t tokens, const Shape& shape = {},
             std::uint32_t depth = 3) {
    Bundle bundle = library_.bundle(roots, tokens, depth, shape);
    text_ += what + "\t" + roots + "\t" + (tokens == unlimited ? "-" : std::to_string(tokens)) + "\t" +
             line_of(library_, bundle) + "\n";
    return bundle;
  }
  const std::string& text() const { return text_; }

 private:
  const Library& library_;
  std::string text_;
};

void add_budgets(Record& record) {
  for (std::uint32_t tokens = 60; tokens < 700; tokens += tokens < 300 ? 20 : 50)
    record.add("budget", "skill:deploy", tokens);
  for (const char* roots : {"skill:rollback", "agent:tester", "agent:watcher skill:rollback", "skill:tools/tester"})
    for (const std::uint32_t tokens : {90U, 150U, unlimited}) record.add("budget", roots, tokens);
  record.add("conflict", "skill:deploy skill:freeze", unlimited);
  for (const std::uint32_t depth : {1U, 2U}) record.add("depth", "skill:deploy", 500, {}, depth);
  for (const std::uint32_t chars : {700U, 1'100U, 1'800U})
    record.add("chars", "skill:deploy", 500, [&](BundleRequest& request) {
      request.budget.limit.chars = chars;
      request.budget.reserve = {30, chars / 10};
    });
}

void add_kept(Record& record) {
  for (const std::uint32_t tokens : {150U, 260U, 420U}) {
    const Bundle before = record.add("first", "skill:deploy", tokens);
    const auto with = [&](const char* what, std::vector<std::uint64_t> BundleRequest::*list, std::uint32_t budget,
                          std::size_t step, std::uint32_t lost) {
      record.add(what, "skill:deploy", budget, [&](BundleRequest& request) {
        request.*list = hashes_of(before, step);
        request.most_lost_ppm = lost;
      });
    };
    with("already loaded", &BundleRequest::already_loaded, tokens, 1, 0);
    with("loaded, and more room", &BundleRequest::already_loaded, tokens + 250, 1, 0);
    with("half loaded", &BundleRequest::already_loaded, tokens, 2, 0);
    with("some loaded", &BundleRequest::already_loaded, tokens + 200, 3, 0);
    with("previous", &BundleRequest::previous, tokens - 30, 1, 0);
    for (const std::uint32_t lost : {0U, 50'000U, 500'000U}) {
      with("within", &BundleRequest::within, tokens - 40, 1, lost);
      with("containing", &BundleRequest::containing, tokens + 60, 1, lost);
    }
  }
}

void add_options(Record& record, const Library& library) {
  for (std::uint32_t tokens = 90; tokens < 300; tokens += 15)
    record.add("priced", "skill:rollback", tokens,
               [&](BundleRequest& r) { r.priced = id_of(library, "skill:rollback"); });
  for (const std::uint32_t tokens : {110U, 200U, 330U, 520U}) {
    record.add("whole sections", "skill:deploy", tokens, [](BundleRequest& r) { r.shortens = false; });
    record.add("fills", "skill:deploy", tokens + 250, [](BundleRequest& r) { r.fills = true; });
    record.add("priced", "skill:deploy", tokens, [&](BundleRequest& r) { r.priced = id_of(library, "skill:deploy"); });
    record.add("priced", "skill:deploy", tokens, [&](BundleRequest& r) {
      r.priced = id_of(library, "agent:watcher");
      r.budget.limit.chars = tokens * 4;
    });
    record.add("relevance", "skill:deploy", tokens, [](BundleRequest& r) {
      r.relevance = [](ManifestId id, std::uint32_t section) { return (index(id) * 370 + section * 210) % 1001; };
    });
    record.add("listed", "skill:deploy", tokens, [&](BundleRequest& r) {
      r.listed = [&](ManifestId id) { return library.registry()[id].kind == Kind::command; };
    });
    record.add("mentioned", "skill:deploy", tokens, [](BundleRequest& r) { r.follow = Strength::mentioned; });
    record.add("quotes", "skill:deploy", tokens, [](BundleRequest& r) {
      r.quotes = {{"memory:a", "## Known\n", "The cart is slow on Mondays.\n", 11, 90'000},
                  {"memory:b", "## Known\n", "Zone two has old machines, which take twice as long.\n", 12, 20'000},
                  {"memory:c", "## Heard\n", "Somebody saw a pod restart at night.\n", 13, 60'000}};
    });
    for (const FileOffer::Wanted wanted :
         {FileOffer::Wanted::listed, FileOffer::Wanted::named, FileOffer::Wanted::required})
      record.add("files", "skill:deploy skill:rollback", tokens + 60, [&](BundleRequest& r) {
        const ManifestId deploy = id_of(library, "skill:deploy"), rollback = id_of(library, "skill:rollback");
        r.files = {{deploy, "zones.md", "Zone one is first.\n", wanted},
                   {deploy, "names.md", "Names of all pods and what each of them does all day.\n", {}},
                   {rollback, "digests.md", "The last ten digests.\n", wanted},
                   {id_of(library, "agent:watcher"), "rates.md", "Rates.\n", wanted}};
      });
  }
}

std::string of_random_libraries() {
  std::string text;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    Random random{seed};
    test::RandomLibrary made = test::random_library(random);
    const std::string root = to_string(made.manifests.front().symbol);
    const Library library(std::move(made.manifests), std::move(made.bodies), TokenCounter::estimating());
    Record record(library);
    for (const std::uint32_t tokens : {random.below(60) + 30, random.below(200) + 60, unlimited})
      record.add("random " + std::to_string(seed), root, tokens, [&](BundleRequest& r) {
        r.fills = seed % 4 == 0;
        if (seed % 3 == 0) r.priced = ManifestId{0};
      });
    text += record.text();
  }
  return text;
}

}  // namespace

TEST_CASE("every build gives the recorded bundles of a library, for each budget and wish") {
  const Library library(workshop);
  Record record(library);
  add_budgets(record);
  add_kept(record);
  add_options(record, library);
  test::check_record("bundle_answers.tsv", "# what, roots, budget, answer\n" + record.text());
}

TEST_CASE("every build gives the recorded bundles of random libraries") {
  test::check_record("bundle_random_answers.tsv", "# seed, roots, budget, answer\n" + of_random_libraries());
}

}  // namespace cascade
