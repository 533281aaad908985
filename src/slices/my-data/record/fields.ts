/**
 * **Every column of the database**, in one of two lists: those that hold personal data, and those that do not (R10). A test
 * fails when a column is in neither, and says which line to add to. Lines: `table: personal columns | other columns`, with
 * `-` for none, under the purpose that they serve (`purposes.ts`). A column that leads to a person by a number is personal, too.
 */
export const fields = `
# people
absence: person_id from_on to_on | network_id id
first_steps: person_id done_at | network_id
here_before: person_id earlier_person_id by_person_id at | network_id
home_visit: person_id at previous | network_id
membership: person_id group_id role voting lay from_on to_on | network_id id
need_option: by_person_id | network_id id need_group label from_on to_on
person: account_id name known_as email phone postal_address channel large_print help_words demo_key created_at left_on trust_id trust_may_know paused_from paused_until id | network_id
post_holding: person_id post from_on to_on | network_id id
preference: person_id channels quiet_from quiet_until digest language easy_read | network_id version
preference_link: token_hash person_id expires_on | network_id
trust_contact: person_id trust_id from_on to_on | network_id id
# sign-in
account: name email email_verified image two_factor_enabled created_at updated_at | id
api_token: person_id name token_hash scopes made_at ends_on used_on | network_id id
kept_writing: token_hash path fields at | -
passkey: name public_key account_id credential_id counter device_type backed_up transports aaguid created_at used_at | id
push_device: person_id name reach reach_hash device_hash ends added_at told_at due_at tries failing_since | network_id id
second_factor: secret backup_codes account_id verified failed_verification_count locked_until | id
session: token account_id expires_at ip_address user_agent second_factor_at proven_at elsewhere_id elsewhere_sid elsewhere_tokens elsewhere_factor elsewhere_checked_at elsewhere_tried_at seen_at created_at updated_at | id
sign_in_method: account_id provider_id provider_account_id of_network access_token refresh_token id_token access_token_expires_at refresh_token_expires_at scope password created_at updated_at | id
verification: identifier value expires_at created_at updated_at | id
# voices
action: number contribution_id consideration_id group_id what owner_person_id due_on state state_data made_at search | network_id id version
concealment: ranges reason by_person_id | network_id id contribution_id text_kind text_id at
consideration: took_part said said_in_private reason by_person_id search | network_id id contribution_id group_id meeting_id considered_on outcome agreed_part not_agreed_part passed_to at
contribution: title words shown_words search_more recorded_by_person_id state_data feedback_owner_person_id receipt_code search | network_id id number kind how said_on received_at wished_group_id group_id meeting_id consider_on priority_id site_id project_id state state_since waits_for due_on wake_on published_at times_not_closed version
contributor: contribution_id person_id is_first words naming joined_at withdrawn_at verdict verdict_words verdict_at verdict_how verdict_recorded_by_person_id | network_id
correction: contribution_id person_id words recorded_by_person_id at | network_id id
feedback: you_said we_heard what_happened next by_person_id | network_id id contribution_id at
member_view: contribution_id person_id words in_private at | network_id id
publication: title you_said we_did next proposed_by_person_id published_by_person_id search | network_id id contribution_id number version outcome text_hash state group_id priority_id trust_id proposed_at published_at published_on ended_at
publication_answer: publication_id person_id answer words text_hash naming how recorded_by_person_id at | network_id id
said_note: person_id name how said_on words written_at written_by_person_id due_on state became done_at done_by_person_id | network_id id version
translation: about_id part of_person_id words translator_person_id translator_name translator_from by_person_id at of_words_hash search | network_id id about_kind language language_from professional version
translation_before: words translator_person_id translator_name translator_from by_person_id at | network_id id translation_id language_from professional
verdict_link: token_hash contribution_id feedback_id person_id expires_on used_at answer | network_id
# requests
chair_request: number group_id asker_person_id kind what why needed_by how recorded_by_person_id asked_at holder_person_id state state_data state_since waits_for due_on answered_on promised_on search | network_id id version
chair_request_answer: words by_person_id verdict_words verdict_recorded_by_person_id group_consent_by_person_id search | network_id id request_id group_id at verdict verdict_at verdict_how asker_consent_at group_consent_at
learning_session: by_person_id | network_id id module_id title about starts_at place made_at cancelled_because version
learning_wish: person_id words how recorded_by_person_id asked_at due_on state session_id title answer answered_at answered_by_person_id asker_shares team_shares search | network_id id version
session_place: session_id person_id at came | network_id
word_meaning: by_person_id | network_id id key word also meaning taken_out at
word_wish: word where_seen person_id asked_at due_on state because done_at done_by_person_id | network_id id version
# meetings
after_meeting: person_id took_part was_heard would_help | network_id meeting_id key
after_meeting_answered: meeting_id person_id | network_id
agenda_item: title about presenter_person_id presenter_words raised_by_person_id because search | network_id id meeting_id position standing asked minutes raised_at state moved_to_meeting_id handling handling_reason opened_at closed_at version wished came_from_id
attendance: meeting_id person_id state deputy_words because how recorded_by_person_id at | network_id
attendance_report: rows by_person_id | network_id id meeting_id at
board_decision: by_person_id | network_id id number meeting_id item_id group_id motion_id text because review_on review_of_id still_right reviewed_at at search
calendar_invitation: meeting_id person_id key email | network_id
calendar_reply: person_id key answer from_address words deputy_words proposed_at said_at token_hash | network_id id meeting_id came_at timed_sequence state
meeting_answer: meeting_id person_id answer at | network_id
calendar_feed: token_hash person_id made_at ended_at reminds | network_id
decision_contribution: - | network_id decision_id contribution_id
deferral_wish: item_id paper_id person_id words at answer because answered_by_person_id answered_at | network_id id
deposit_offer: - | network_id meeting_id offered_on
item_action: - | network_id item_id action_id
item_contribution: - | network_id item_id contribution_id
item_minutes: said said_in_private by_person_id | network_id item_id at version
meeting: presiding_person_id | network_id id group_id title starts_at place number state state_data version kind minutes_long link venue access travel papers_due_on uid sequence changed_at ended_at planned_at timed_sequence
meeting_guest: name why | network_id id meeting_id
minutes: drafted_by_person_id agreed_text | network_id meeting_id drafted_at agreed_at agreed_at_meeting_id published_at version
minutes_correction: meeting_id item_id person_id words at answer because answered_by_person_id answered_at | network_id id
online_meeting: - | network_id meeting_id external_id teams_id join_url state wanted_at sent_title sent_starts_at sent_minutes tries next_try_at trouble report_state report_tries report_next_at
named_reader: thing_kind thing_id person_id | network_id
pack: - | network_id id meeting_id contents file_id state wanted_at made_at given
paper: title summary author_person_id because late_allowed_by_person_id search | network_id id number meeting_id item_id position handling handling_reason state out_at late_days late_because made_at version
paper_help: paper_id person_id words asked_at answer done_at done_by_person_id | network_id id
paper_question: paper_id version_id asker_person_id passage words asked_at due_on state answer answered_by_person_id answered_at | network_id id version
paper_version: text words by_person_id plain_text title summary search | network_id id paper_id number file_id text_state pages what_changed at out_at
presence: meeting_id person_id joined_at left_at | network_id id
wish_to_speak: item_id person_id asked_at spoke_at withdrawn_at | network_id id
# own-eyes
paper_reading: paper_id person_id version_id read_at | network_id
reading_note: person_id paper_id item_id words at | network_id id
# votes
ballot: motion_id person_id choice sealed receipt recorded_by_person_id at | network_id
counted_ballot: - | network_id motion_id receipt choice
dissent: motion_id person_id words for_chair_only at recorded_by_person_id | network_id
motion: proposed_by_person_id closed_by_person_id | network_id id number meeting_id item_id text kind options manner is_secret majority counted_of casting_vote state because opened_at closes_at closed_at result seal superseded_by_id made_at version supersedes_id search
voter: motion_id person_id lay has_voted off_because | network_id
# interests
conflict: item_id person_id interest_id found_by why person_says person_words outcome because decided_by_person_id decided_at found_at | network_id id version
interest: person_id type conflict organisation trust_id project_id what whose from_on to_on what_is_done declared_at declared_for_person_id withheld_because withheld_by_person_id other_names organisation_kind withhold_asked withhold_asked_on | network_id id version
interest_statement: person_id is_nil on_day about meeting_id | network_id id
register_consent: person_id named at | network_id
# registration
application: number person_id words how recorded_by_person_id shared_email received_at state state_data state_since due_on owner_person_id role_id occasion | network_id id version
application_conversation: application_id spoken_on said by_person_id at | network_id id
application_draft: answers | network_id token_hash started_at updated_at
application_link: - | network_id token_hash application_id expires_at
application_mail: message_key content_hash from_address from_name subject words verified state apart_because application_id files_left_out received_at due_on | network_id id
conversation_time: offered_by_person_id | network_id id starts_at manner place application_id
offered_role: changed_by_person_id | network_id id slug title about asked given takes group_id state version changed_at
# messages
address_trouble: person_id channel mark since words due_on | network_id
buddy_pair: one_person_id other_person_id state one_accepted_on other_accepted_on one_shows_phone other_shows_phone offered_by_person_id offered_on since_on ended_on | network_id id version
buddy_wish: person_id words how recorded_by_person_id at due_on ended_at | network_id id
bulk_step: data by_person_id | network_id id kind state made_at done_at version
draft: person_id kind data updated_at | network_id
message: key person_id address channel kind subject body about_kind about_id state tries next_try_at last_error created_at sent_at done_by_person_id trying_since attachment due_on layout english sent_as came_back_at came_back_words came_back_for told_instead_id sent_by delivered delivered_at ask_at | network_id id
message_note: words by_person_id | network_id id message_id reached at
message_thread: kind person_id group_id pair_id one_person_id other_person_id subject turn due_on begun_at last_at | network_id id version
message_written: thread_id one_person_id other_person_id by_person_id side words how recorded_by_person_id at | network_id id
import_item: thing_id | network_id id import_id thing_kind
import_run: rows by_person_id | network_id id kind file_name state many made_at done_at undone_at version
mail_reply: mail_id person_id message_id words sentence cannot answer token_hash path came_at | network_id id what state decided_at decided_how
mailbox: - | network_id holder held_until seen_at trouble
page_problem: page words person_id email language at due_on answer done_at done_by_person_id | network_id id version
past_mail: sender receivers subject sent_at words search brought_in_by_person_id | network_id id sha256 brought_in_at
text_in: person_id number words what received_at notify_id answers_message_id thread_id | network_id id
text_stop: mark since | network_id
reminder: key person_id at | network_id
reminder_held: person_id key sentence marks path send_at | network_id id
trust_thanks: trust_id person_id by_person_id words at | network_id id
# needs
need_answer: person_id meeting_id met words answered_on by_person_id | network_id
need_not_met: person_id thing thing_id reason by_person_id at | network_id id
need_promise: person_id need_group option made_on due_on state words by_person_id ended_on | network_id id version
needs_sheet: person_id asked_on asked_by_person_id asked_how shared reviewed_on review_due_on | network_id version
support_need: person_id need_group option words recorded_on by_person_id | network_id id
# induction
agreement: - | network_id id slug position roles ended_on version
agreement_answer: person_id version_id answer words on_day at how recorded_by_person_id | network_id id
agreement_ask: person_id version_id asked_on due_on | network_id
agreement_version: by_person_id | network_id id agreement_id number title body what_changed from_on agree_by made_at
induction_module: - | network_id id slug position roles voting_from ended_on offered_on version
induction_plan: person_id started_on due_on | network_id
induction_progress: person_id module_id text_id person_on person_how recorded_by_person_id team_on team_person_id finished_on | network_id
induction_text: by_person_id | network_id id module_id title summary body questions what_changed made_at
# concerns
concern: ref door raiser_person_id raised_at how sealed state acknowledge_by acknowledged_on plan_by planned_on support_offered_on support_answer word_by end_how ended_on held_since reader_ids | network_id id version
concern_entry: concern_id kind by_person_id at sealed | network_id id
concern_file: concern_id entry_id sealed_name sealed | network_id id
concern_key: - | network_id concern_id holder wrapped house_mark
concern_look: concern_id person_id at what | network_id id
concern_reader: concern_id person_id as_what from_at until_at until_why | network_id id
ending: person_id membership_id state reason opened_by_person_id opened_by_post opened_on reply_by reply replied_on reply_noted_by_person_id decided_on decided_by_person_id decided_by_post decision last_day | network_id id version
independent_contact: person_id reach from_on to_on by_person_id at | network_id id
speak_up_way: by_person_id | network_id id name about reach written_at removed_at
# equality
census_figure: - | network_id load_id question answer people
census_load: by_person_id | network_id id source loaded_at
equality_count: - | network_id quarter question answer people
equality_once: - | network_id quarter key_hash
# own-space
own_space: opened_by_person_id moderator_person_id | network_id id group_id name rules opened_at moderator_since version
own_space_bringing: words by_person_id | network_id id space_id kind at sent_at dropped_at contribution_number version
own_space_candidate: space_id election_id person_id words at | network_id id
own_space_election: opened_by_person_id elected_person_id | network_id id space_id opened_on stand_until vote_until counted_on result
own_space_post: by_person_id for_person_id words | network_id id space_id topic_id at hidden_at hidden_because
own_space_report: by_person_id because decision answer | network_id id space_id post_id at due_on decided_at
own_space_signing: space_id bringing_id person_id naming words_version at | network_id id
own_space_topic: by_person_id | network_id id space_id title at last_at
own_space_vote: space_id election_id person_id candidates | network_id id
# work
priority: - | network_id id slug title about why adopted_on motion_id ended_on
priority_idea: title why proposed_by_person_id recorded_by_person_id | network_id id round_id proposed_at how withdrawn_at priority_id
priority_ranking: round_id person_id places at how recorded_by_person_id | network_id
priority_round: opened_by_person_id | network_id id title propose_until rank_until opened_at result counted_at motion_id adopted_at version
priority_talk: idea_id person_id words at taken_down_because | network_id id
project: lead_person_id | network_id id slug title about stage stage_since priority_id version search
project_note: words by_person_id | network_id id project_id kind stage shared_with on_date at
project_person: project_id person_id kind since_stage from_on to_on | network_id id
project_stage: by_person_id | network_id id project_id stage began_on missing because
task: made_by_person_id | network_id id number title what gives minutes places open_to needed_by made_at ended_at end_reason version search
task_offer: task_id person_id state asked_by_person_id asked_at answered_at how recorded_by_person_id done_at done_words thanks_by thanks thanked_at thanked_by_person_id | network_id id
# expenses
expense_booking: number person_id written_by_person_id kind words on_date state asked_at answer pence answered_by_person_id answered_at | network_id id version
expense_claim: number person_id written_by_person_id what_for on_date state sent_at pay_by first_by_person_id first_at second_by_person_id second_at answered_by_person_id because paid_on paid_by_person_id made_at | network_id id version
expense_line: words | network_id id claim_id kind how_many pence rate_pence rate_from_on
expense_rate: by_person_id | network_id id kind pence from_on at
# rights
data_complaint: number words name channel address person_id how recorded_by_person_id received_at last_day update_by outcome answered_at answered_by_person_id acknowledged_at | network_id id version
data_contact: person_id from_on to_on by_person_id | network_id id
data_wish: number kind person_id name channel address words how recorded_by_person_id received_at due_on last_day state state_data answer answered_at answered_by_person_id | network_id id version
keeping_run: - | network_id id on_day at counts
last_address: person_id channel address for_answers for_thanks until language | network_id
leaving: person_id asked_at how recorded_by_person_id on_day answers_wanted views thanks_wanted remembered reason state done_at thanks_due_on thanks thanked_at thanked_by_person_id | network_id id version
legal_hold: because by_person_id ended_by_person_id | network_id id kept from_on to_on
# proof
audit: by_person_id thing_id | network_id seq at action thing_kind previous_hash hash
audit_head: - | network_id seq hash
history: thing_id by_person_id by_words details | network_id id thing_kind event at
promise_kept: - | network_id id kind thing_kind thing_id group_id due_on kept_on
stored_file: thing_id name by_person_id | network_id id thing_kind type bytes sha256 store_key at
submission: key person_id location at | network_id
# network
clock_setting: by_person_id | network_id from_on clocks
counter: - | network_id kind last
demo_clock: - | single ahead_ms
migration: - | name timestamp
migration_lock: - | id is_locked
network: facts | id slug name short_name is_demo
network_group: - | network_id id slug name short_name kind about illustrative terms cadence_weeks in_person_months quorum_voting quorum_lay paper_days casting_vote
network_setting: by_person_id | network_id id name from_on value at
network_text: by_person_id | network_id id name words at
mail_pace: - | id next_at
push_key: - | id public_key private_key made_at
rate_window: - | key starts_at uses
site: - | network_id id trust_id slug name town ods_code from_on to_on
trust: - | network_id id slug name short_name ods_code system_name from_on to_on became_trust_id
connection: set_by_person_id | network_id kind settings secrets state set_at tried_at works tried_words version
webhook: made_by_person_id | network_id id url events secret made_at state off_because failing_since version
webhook_call: - | network_id id uid webhook_id event thing_kind thing_id happened_at state tries next_try_at last_status last_error sent_at
`
