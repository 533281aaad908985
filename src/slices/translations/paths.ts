/** Below the address of the thing: `at` is '/wmin/contributions/C-1042'. */
export const translationPaths = {
  choose: (at: string) => `${at}/translate`,
  add: (at: string, part: string) => `${at}/translate/${part}`,
  one: (at: string, translation: number) => `${at}/translations/${translation}`,
  takeBack: (at: string, translation: number) => `${at}/translations/${translation}/take-back`,
}
