// bundle_cpp LIBRARY BUDGET PROMPT...: the context for a prompt, by the C++ interface. LIBRARY is a folder with
// skills/, agents/ or commands/, BUDGET a number of tokens. Exit 0, or 1: it does not fit; 2: wrong arguments; 3: could
// not.
#include <cascade/bundle.h>
#include <cascade/resolve.h>
#include <cascade/route.h>
#include <cascade/workspace.h>

#include <cstdlib>
#include <iostream>

namespace {

int fail(const cascade::Error& error) {
  std::cerr << "bundle: " << (error.path.empty() ? "" : error.path + ": ") << error.message << '\n';
  return 3;
}

int print_bundle(const cascade::Workspace& workspace, const std::string& prompt, cascade::TokenCount budget) {
  const cascade::Registry registry = workspace.registry();
  const auto router = workspace.router();
  if (!router) return fail(router.error());
  cascade::Query query;
  query.text = prompt;
  const cascade::Routing routing = router->rank(query);
  if (routing.decision == cascade::Decision::silence) {
    std::cerr << "bundle: nothing clearly fits this prompt\n";
    return 3;
  }

  cascade::Request wanted;  // what is loaded, else the first that is offered
  for (const cascade::Match& match : routing.loaded) wanted.roots.push_back(cascade::symbol_of(registry[match.id]));
  if (wanted.roots.empty()) wanted.roots = {cascade::symbol_of(registry[routing.offered.front().id])};
  const auto resolution = cascade::resolve(registry, wanted);
  if (!resolution) return fail(resolution.error());

  cascade::BundleRequest request;
  request.resolution = *resolution;
  request.budget.limit.tokens = budget;
  request.limits = cascade::first_good(request);
  request.relevance = router->relevance(query);
  request.folder = [&](auto id) { return workspace.folder(registry[id]); };
  const auto bundle =
      cascade::assemble(registry, request, workspace.counter(),
                        [&](const auto& manifest, const auto& section) { return workspace.read(manifest, section); });
  if (!bundle) return fail(bundle.error());
  if (bundle->status != cascade::PackingStatus::ok) {
    std::cerr << "bundle: " << bundle->min_budget.tokens << " tokens would do\n";
    return 1;
  }
  std::cout << cascade::text(*bundle);
  std::cerr << "bundle: " << bundle->cost.tokens << " tokens\n";
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    std::cerr << "usage: bundle_cpp LIBRARY BUDGET PROMPT...\n";
    return 2;
  }
  std::string prompt = argv[3];
  for (int i = 4; i < argc; ++i) prompt.append(" ").append(argv[i]);

  cascade::WorkspaceOptions options;
  options.roots = {{argv[1], cascade::Scope::project}};
  options.vocabulary_path = CASCADE_DATA "/o200k.bin";  // where it is missing, tokens are estimated
  const auto workspace = cascade::Workspace::open(options);
  if (!workspace) return fail(workspace.error());
  return print_bundle(*workspace, prompt, static_cast<cascade::TokenCount>(std::atoi(argv[2])));
}
