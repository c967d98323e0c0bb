import { applyWrites } from './apply-writes.ts';
import { createRecord } from './create-record.ts';
import { deleteRecord } from './delete-record.ts';
import { resolveHandle } from './identity.ts';
import { getFollowers, getFollows } from './lists.ts';
import { getList, getStarterPack } from './member-lists.ts';
import type { Method } from './method.ts';
import { getBlocks, getMutes, muteActor, unmuteActor } from './mutes.ts';
import { getLikes, getPosts, getQuotes, getRepostedBy } from './posts.ts';
import { getProfile, getProfiles } from './profiles.ts';
import { getLatestCommit, getRecord, listRecords } from './read-records.ts';
import { getRelationships } from './relationships.ts';
import { createSession, deleteSession, getSession, refreshSession } from './sessions.ts';
import { getPostThread } from './thread.ts';

/** Every method that the sandbox answers. */
export const METHODS: ReadonlyMap<string, Method> = new Map(
  Object.entries({
    'com.atproto.server.createSession': createSession,
    'com.atproto.server.refreshSession': refreshSession,
    'com.atproto.server.getSession': getSession,
    'com.atproto.server.deleteSession': deleteSession,
    'com.atproto.identity.resolveHandle': resolveHandle,
    'com.atproto.repo.listRecords': listRecords,
    'com.atproto.repo.getRecord': getRecord,
    'com.atproto.repo.createRecord': createRecord,
    'com.atproto.repo.deleteRecord': deleteRecord,
    'com.atproto.repo.applyWrites': applyWrites,
    'com.atproto.sync.getLatestCommit': getLatestCommit,
    'app.bsky.actor.getProfile': getProfile,
    'app.bsky.actor.getProfiles': getProfiles,
    'app.bsky.graph.getFollowers': getFollowers,
    'app.bsky.graph.getFollows': getFollows,
    'app.bsky.graph.getList': getList,
    'app.bsky.graph.getStarterPack': getStarterPack,
    'app.bsky.feed.getPosts': getPosts,
    'app.bsky.feed.getLikes': getLikes,
    'app.bsky.feed.getRepostedBy': getRepostedBy,
    'app.bsky.feed.getQuotes': getQuotes,
    'app.bsky.feed.getPostThread': getPostThread,
    'app.bsky.graph.getRelationships': getRelationships,
    'app.bsky.graph.getBlocks': getBlocks,
    'app.bsky.graph.getMutes': getMutes,
    'app.bsky.graph.muteActor': muteActor,
    'app.bsky.graph.unmuteActor': unmuteActor,
  }),
);
