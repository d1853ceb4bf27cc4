// npm's provenance says where a tarball was built, and compares that with the manifest's `repository`. npm's page of a package
// resolves the relative links of its README by the same field: from the folder that `directory` names.

/**
 * @param manifests of the packages to be published
 * @param here `owner/name` of the repository that the workflow runs in, if it is known
 * @param folders the folder of each package in the repository, by name
 * @returns {string[]} why they cannot be published with provenance
 */
export function repositoryProblems(manifests, here, folders) {
  return manifests.flatMap(({ name, repository }) => {
    const url = typeof repository === 'string' ? repository : repository?.url
    if (!url) {
      return [
        `${name}: package.json has no repository, which provenance needs; set it to this project's public address`,
      ]
    }
    const path = /^(?:git\+)?https:\/\/github\.com\/([\w.-]+\/[\w.-]+?)(?:\.git)?$/.exec(url)?.[1]
    if (!path) return [`${name}: repository must be git+https://github.com/<owner>/<name>.git, not ${url}`]
    if (here && path.toLowerCase() !== here.toLowerCase())
      return [`${name}: repository is ${path}, but this is ${here}`]
    if (repository.directory !== folders[name]) {
      return [`${name}: repository.directory must be ${folders[name]}, or the links of its README lead nowhere on npm`]
    }
    return []
  })
}
