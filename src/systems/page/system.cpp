// Makes one HTML file, or serves it to this machine's user and renews it while manifests change.
#include <cascade/result.h>

#include <algorithm>
#include <iterator>

#include "cli/environment.h"
#include "cli/verbs.h"
#include "files/atomic_write.h"
#include "files/loopback.h"
#include "files/paths.h"
#include "files/process.h"
#include "files/run_program.h"
#include "files/tree.h"
#include "hash/content_hash.h"
#include "page/page_contents.h"
#include "system/system.h"

namespace cascade::cli {

namespace {

#if defined(__APPLE__)
constexpr const char* opener_words[] = {"open"};
constexpr const char* how_to_open = "open it in a browser";
#elif defined(_WIN32)
constexpr const char* opener_words[] = {"rundll32", "url.dll,FileProtocolHandler"};
constexpr const char* how_to_open = "open it in a browser";
#else
constexpr const char* opener_words[] = {"xdg-open"};
constexpr const char* how_to_open = "install xdg-utils, or open it in a browser";
#endif

// `what`: a file or an address. Does not wait for a browser. not_found: nothing opens pages here; unwritable: no
// process, or no cache folder.
Result<void> open_in_browser(const Environment& environment, const std::string& what) {
  const std::string opener = files::program_on_path(files::DiskTree(), environment.search_path, opener_words[0]);
  if (opener.empty()) return Error{ErrorCode::not_found, "nothing opens pages here", what, how_to_open};
  if (environment.cache.empty())
    return Error{ErrorCode::unwritable, "there is no folder for the lock", {}, "set HOME or CASCADE_CACHE"};
  if (auto made = files::make_directories(environment.cache); !made) return made.error();
  // A browser that is still open holds the lock of its start; each start has one of its own.
  const std::string lock = files::join(environment.cache, "page-open.lock");
  if (auto removed = files::remove_file(lock); !removed) return removed.error();
  std::vector<std::string> words(std::begin(opener_words), std::end(opener_words));
  words[0] = opener;
  words.push_back(what);
  std::optional<int> ended;
  const auto started = files::start_detached(words, "/", lock, 0, &ended);
  if (!started) return started.error();
  if (ended.value_or(0) == 0) return {};
  const std::string status = std::string(opener_words[0]) + " ended with exit code " + std::to_string(*ended);
  return Error{ErrorCode::not_found, status + ": nothing opened", what, "open it in a browser"};
}

struct PageOptions {
  std::vector<std::string> words;
  std::optional<std::string> output, claim, window, since, until, days;
  std::optional<std::uint32_t> port;
  bool open = false, serve = false;
  PageWish wish;

  void declare(Arguments& arguments) {
    arguments.text("--output", output);
    arguments.flag("--open", open);
    arguments.flag("--serve", serve);
    arguments.number("--port", port);
    arguments.text("--from", wish.from);
    arguments.list("--ladder", wish.map.budgets);
    wish.task.declare(arguments);
    arguments.flag("--anyway", wish.anyway);
    arguments.flag("--whole", wish.whole);
    arguments.list("--with", wish.with);
    arguments.text("--claim", claim);
    arguments.text("--window", window);
    arguments.text("--since", since);
    arguments.text("--until", until);
    arguments.text("--days", days);
    arguments.words("KIND", words, 0, 1000);
  }
};

// Each option draws on one or two kinds of pages; elsewhere it would be ignored without a word. Those with a `value`
// are passed to the verb of the kind; a document that was printed before is not asked for again.
Result<void> check_options(PageOptions& options) {
  using page::PageKind;
  PageWish& wish = options.wish;
  struct Use {
    std::string_view name;
    bool is_given;
    std::vector<PageKind> kinds;
    const std::optional<std::string>* value = nullptr;
  };
  const std::vector<PageKind> map = {PageKind::map}, bundle = {PageKind::bundle}, metrics = {PageKind::metrics};
  const Use uses[] = {{"--from", wish.from.has_value(), {PageKind::metrics, PageKind::usage, PageKind::audit}},
                      {"--ladder", !wish.map.budgets.empty(), map},
                      {"--depth", wish.task.depth.has_value(), {PageKind::map, PageKind::bundle}},
                      {"--prompt", wish.task.prompt.has_value(), bundle},
                      {"--anyway", wish.anyway, bundle},
                      {"--budget", wish.task.budget.has_value(), bundle},
                      {"--max-chars", wish.task.max_chars.has_value(), bundle},
                      {"--follow", !wish.task.follow.empty(), bundle},
                      {"--whole", wish.whole, bundle},
                      {"--with", !wish.with.empty(), bundle},
                      {"--exclude", !wish.task.exclude.empty(), bundle},
                      {"--claim", options.claim.has_value(), metrics, &options.claim},
                      {"--window", options.window.has_value(), metrics, &options.window},
                      {"--since", options.since.has_value(), metrics, &options.since},
                      {"--until", options.until.has_value(), metrics, &options.until},
                      {"--days", options.days.has_value(), {PageKind::usage}, &options.days}};
  for (const Use& use : uses) {
    if (!use.is_given) continue;
    if (std::ranges::find(use.kinds, wish.kind) == use.kinds.end()) {
      std::string kinds;
      for (std::size_t i = 0; i < use.kinds.size(); ++i)
        kinds += (i == 0 ? "" : i + 1 == use.kinds.size() ? " and " : ", ") + std::string(to_string(use.kinds[i]));
      return misuse(std::string(use.name) + " is for " + kinds, "leave it out");
    }
    if (use.value == nullptr) continue;
    if (wish.from)
      return misuse(std::string(use.name) + " asks the verb, and --from does not", "leave one of them out");
    wish.passed.insert(wish.passed.end(), {std::string(use.name), **use.value});
  }
  return {};
}

Result<void> check_kind(PageOptions& options) {
  PageWish& wish = options.wish;
  const std::string word = options.words.empty() ? "map" : options.words.front();
  const auto kind = page::parse_kind(word);
  if (!kind) return misuse("there is no page '" + word + "'", std::string(find_verb("page")->takes));
  wish.kind = *kind;
  wish.names.assign(options.words.begin() + (options.words.empty() ? 0 : 1), options.words.end());
  if (*kind == page::PageKind::bundle && wish.names.empty() == !wish.task.prompt)
    return misuse("a bundle is of names or of a --prompt",
                  "cascade page bundle NAME --open, cascade page bundle --prompt TEXT --open");
  // Behind `usage` stand actions, which write settings.
  if (*kind == page::PageKind::usage && !wish.names.empty())
    return misuse("the page of usage takes no name", "cascade page usage --days 30");
  if (options.serve && (options.output || *kind != page::PageKind::map))
    return misuse("--serve is for the map alone, and writes no file", "leave --output out");
  if (options.port && (!options.serve || *options.port > 65'535))
    return misuse("--port is a number up to 65535, with --serve", "leave it out: any free port is taken");
  return check_options(options);
}

void complete_map(PageOptions& options) {
  MapWish& map = options.wish.map;
  if (map.budgets.empty())  // what the slider of the map stops at
    map.budgets = {"500", "1000", "1500", "2000", "3000", "4000", "6000", "8000"};
  map.findings = map.alike = map.towards = map.use = true;
  if (options.wish.task.depth) map.depth = *options.wish.task.depth;
}

// Where a page goes that has no name but is to be opened.
Result<std::string> usual_place(const Environment& environment, page::PageKind kind) {
  if (environment.cache.empty())
    return Error{ErrorCode::unwritable, "there is no folder for the page", {}, "give one with --output"};
  const std::string folder = files::join(environment.cache, "pages");
  if (auto made = files::make_directories(folder); !made) return made.error();
  return files::join(folder, std::string(to_string(kind)) + ".html");
}

Exit write_page(Call& call, const PageOptions& options, const page::Contents& contents) {
  std::string document = page::document_of(contents);
  if (!options.output && !options.open) {
    call.console().print_whole(std::move(document));
    return Exit::yes;
  }
  auto path = options.output ? Result<std::string>(*options.output) : usual_place(call.environment(), contents.kind);
  if (!path) return call.console().fail(path.error());
  const std::size_t size = document.size();
  if (const auto written = files::write_output(*path, document, 0600); !written)
    return call.console().fail(written.error());
  call.console().note(*path + ": " + std::to_string((size + 1023) / 1024) + " KiB");
  if (!options.open) return Exit::yes;
  const auto absolute = files::DiskTree().real_path(*path);
  if (auto opened = open_in_browser(call.environment(), absolute.value_or(*path)); !opened)
    return call.console().fail(opened.error());
  return Exit::yes;
}

void renew(page::Site& site, std::string json, page::Contents contents) {
  site.data = page::embedded(json);
  site.have = hash::to_hex(hash::hash64(site.data));
  contents.json = std::move(json);
  contents.served = site.have;
  site.document = page::document_of(contents);
  site.policy = page::policy_of(contents);
  site.fault.clear();
}

// Once a second the files are compared with what was read. The map that there was stays until there is a new one.
Exit serve_map(Call& call, const PageOptions& options) {
  auto workspace = call.open();
  if (!workspace) return call.console().fail(workspace.error());
  MapWish wish = options.wish.map;
  if (!find_symbols(workspace->registry(), options.wish.names, wish.roots, call.console())) return Exit::no;
  const auto listener = files::Loopback::listen(static_cast<std::uint16_t>(options.port.value_or(0)));
  if (!listener) return call.console().fail(listener.error());
  page::Site site;
  site.port = listener->port();
  site.token = files::random_token();
  if (site.token.empty())
    return call.console().fail({ErrorCode::unsupported, "the system gives no random numbers", "/dev/urandom", {}});
  call.console().note("drawing the map; its address follows");
  const page::Contents contents{page::PageKind::map, "Map of the library, live", {}, {}, asked_for(call, options.wish)};
  auto json = map_of_page(call, *workspace, wish);
  if (!json) return call.console().fail(json.error());
  renew(site, *std::move(json), contents);
  call.console().print(page::address_of(site) + "\n");
  if (!call.console().flush()) return Exit::failed;
  call.console().note("serving until Ctrl-C, to whoever has this address on this machine");
  if (options.open)
    if (auto opened = open_in_browser(call.environment(), page::address_of(site)); !opened)
      call.console().fail(opened.error());
  constexpr int a_second = 1'000;
  listener->serve([&](std::string_view head) { return page::answer(site, head); }, a_second,
                  [&] {
                    const auto refreshed = workspace->refresh();
                    if (refreshed && refreshed->parsed + refreshed->removed == 0 && site.fault.empty()) return true;
                    auto newer =
                        refreshed ? map_of_page(call, *workspace, wish) : Result<std::string>(refreshed.error());
                    if (newer)
                      renew(site, *std::move(newer), contents);
                    else
                      site.fault = newer.error().message;
                    return true;
                  });
  return Exit::yes;
}

}  // namespace

Exit run_page(Call& call) {
  PageOptions options;
  Arguments arguments("page");
  options.declare(arguments);
  if (const auto ended = call.read(arguments, {Format::text})) return *ended;
  if (auto checked = check_kind(options); !checked) return call.console().fail(checked.error());
  complete_map(options);
  if (options.serve) return serve_map(call, options);
  if (call.console().on_terminal() && !options.output && !options.open)
    return call.console().fail(misuse("a page is for a browser; written here it would fill the terminal",
                                      "--open shows it, --output FILE writes it"));
  const auto contents = page_contents(call, options.wish);
  if (!contents) return call.console().fail(contents.error());
  if (!*contents) return Exit::no;
  return write_page(call, options, **contents);
}

Run run_graph;

}  // namespace cascade::cli

namespace cascade::core {
namespace {

using cli::Group, cli::Words;
constexpr cli::Verb page_verbs[] = {
    {"graph", Group::find, 60, "draw the library or a part of it: dot, svg, mermaid", cli::run_graph, Words::manifests},
    {"page", Group::day, 100, "make a page to look at: the map, a bundle, figures", cli::run_page, Words::manifests,
     "map, bundle NAME, metrics, usage, audit"},
};

}  // namespace

extern const System page_system = {
    .name = "page",
    .verbs = {page_verbs, std::size(page_verbs)},
};

}  // namespace cascade::core
