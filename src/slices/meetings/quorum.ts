import type { Voter } from './groups/voters.ts'

/** What a group needs to decide (R29). */
export interface QuorumRule {
  /** Null: a third of the voting members, rounded up. */
  readonly quorum_voting: number | null
  readonly quorum_lay: number
}

export interface QuorumFacts {
  readonly rule: QuorumRule
  /** Everybody with a vote in the group on that day. */
  readonly voters: readonly Pick<Voter, 'personId' | 'lay'>[]
  /** Who is here at that moment, with a vote or without. */
  readonly present: readonly number[]
  /** Here, but without a vote on this item, because of a conflict of interest. */
  readonly inConflict: readonly number[]
}

/** Whether a group can decide on one item at one moment, and what is missing. */
export interface Quorum {
  readonly held: boolean
  /** Those who are here and may vote on this item. */
  readonly voting: number
  readonly lay: number
  readonly needsVoting: number
  readonly needsLay: number
  /** "There is a quorum. …" or "There is no quorum: 1 more lay member with a vote is needed." */
  readonly words: string
}

/**
 * Worked out anew for each item and whenever somebody comes or goes (BOARD-12): voting members and lay voting members
 * who are here, less those in conflict.
 */
export function quorumOf({ rule, voters, present, inConflict }: QuorumFacts): Quorum {
  const here = new Set(present)
  const out = new Set(inConflict)
  const entitled = voters.filter(each => here.has(each.personId) && !out.has(each.personId))
  const voting = entitled.length
  const lay = entitled.filter(each => each.lay).length
  // A group in which nobody has a vote decides nothing by vote.
  const votes = voters.length > 0
  const needsVoting = votes ? (rule.quorum_voting ?? Math.ceil(voters.length / 3)) : 0
  const needsLay = votes ? rule.quorum_lay : 0
  const held = voting >= needsVoting && lay >= needsLay
  return { held, voting, lay, needsVoting, needsLay, words: wordsOf() }

  function wordsOf(): string {
    if (!votes) return 'Nobody has a vote in this group, so it needs no quorum.'
    const now = `${members(voting)} here can vote on this, ${lay} of them lay.`
    if (held) return `There is a quorum. ${now}`
    const shortLay = Math.max(0, needsLay - lay)
    const short = Math.max(0, needsVoting - voting, shortLay)
    const missing =
      shortLay === short
        ? `${short} more lay ${short === 1 ? 'member with a vote is' : 'members with a vote are'} needed`
        : `${short} more ${short === 1 ? 'member with a vote is' : 'members with a vote are'} needed${
            shortLay > 0 ? `, ${shortLay} of them lay` : ''
          }`
    return `There is no quorum: ${missing}. ${now}`
  }
}

const members = (count: number) => `${count} ${count === 1 ? 'member' : 'members'}`

/** Outcomes of a conflict of interest after which somebody has no vote on the item (R24). */
export const withoutVote = ['speaks', 'leaves', 'no-paper'] as const
